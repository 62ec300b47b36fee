import type { INodeParameters } from 'n8n-workflow';

import { fieldsOf } from '../../nodes/Siro/runner/definitions';
import { Siro } from '../../nodes/Siro/Siro.node';
import {
	inFastTime,
	platformApi,
	recordedRequests,
	recordedScope,
	runNode,
	searchList,
	siroApi,
	storeFile,
	type NodeRun,
	type NodeRunOptions,
} from '../engine';
import { createCredential, SECRETS, STORAGE } from '../operations/run-case';

async function run(
	operation: string,
	parameters: INodeParameters,
	settings: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	const result = await runNode({
		nodeType: new Siro(),
		parameters: { resource: 'recording', operation, recordingId: 'rec-1', ...parameters },
		credential: createCredential('writingUser'),
		...settings,
	});
	expect(result.stored).not.toContain(SECRETS.signature);
	return result;
}

const SIGNED_URL_PATH = '/v1/core/recordings/rec-1/signedUrl';
const SIGNATURE = `X-Goog-Signature=${SECRETS.signature}`;

describe('a recording by the address of its page', () => {
	const locator = (value: string, mode = 'url') => ({ __rl: true, mode, value });

	/** The path that is asked for, as it goes out. */
	async function pathFor(recordingId: INodeParameters[string], json = {}) {
		siroApi().get(/^.*$/).query(true).reply(200, { id: 'rec-1' });
		const { error } = await run('get', { recordingId }, { input: [{ json }] });
		expect(error?.message).toBeUndefined();
		return recordedRequests()[0].url.split('/recordings/')[1];
	}

	test.each([
		['https://app.siro.ai/#/recordings/rec-1', 'rec-1'],
		['https://salespro.siro.ai/#/recordings/rec-1', 'rec-1'],
		['https://app.siro.ai/recordings/rec-1', 'rec-1'],
		['http://APP.SIRO.AI:443/?from=mail#/recordings/rec-1', 'rec-1'],
		['app.siro.ai/#/recordings/rec-1', 'rec-1'],
		[' \u00a0https://app.siro.ai/#/recordings/rec-1/\n', 'rec-1'],
		['https://app.siro.ai/#/recordings/rec-1/?t=30&tab=summary', 'rec-1'],
		['https://app.siro.ai/#/recordings/rec-1#t=30', 'rec-1'],
		['https://app.siro.ai/#/recordings/user-1_rec.1:2', 'user-1_rec.1%3A2'],
		['https://app.siro.ai/#/recordings/user-1/rec-1', 'user-1%2Frec-1'],
		['https://app.siro.ai/#/recordings/user-1%2Frec%201?tab=1', 'user-1%2Frec%201'],
		['rec-1', 'rec-1'],
	])('%j', async (address, path) => {
		expect(await pathFor(locator(address))).toBe(path);
	});

	test.each([
		['pasted where the ID belongs', locator('https://app.siro.ai/#/recordings/rec-1', 'id')],
		['dragged', locator('={{ $json.links.web.self }}', 'url')],
		['dragged, where the ID belongs', locator('={{ $json.links.web.self }}', 'id')],
		['put together', locator('={{ $json.links.web.self + "?tab=1" }}', 'url')],
		['of an expression as a whole', '={{ $json.links.web.self }}'],
	])('%s', async (_how, recordingId) => {
		const links = { web: { self: 'https://app.siro.ai/#/recordings/rec-1' } };
		expect(await pathFor(recordingId, { links })).toBe('rec-1');
	});

	test.each(['id', 'url'])('is refused when it is none (%s)', async (mode) => {
		for (const address of [
			'https://crm.example.com/#/recordings/rec-1',
			'https://app.siro.ai.example.com/#/recordings/rec-1',
			'https://app.siro.ai/#/recordings/',
			'https://app.siro.ai/#/recordings/a/b/c',
			'https://app.siro.ai/#/recordings/%E0%A4%A',
			'https://app.siro.ai/#/teams/rec-1',
			'app.siro.ai/#/teams/rec-1',
			'siro://record?title=Kitchen',
		]) {
			const { error } = await run('get', { recordingId: locator(address, mode) });
			expect(error?.message).toBe(
				`Could not get a recording: Recording: "${address}" is not an address like https://app.siro.ai/#/recordings/1a2b3c`,
			);
			expect(error?.description).toBe(
				'Open the record in Siro and copy the address from your browser, or enter the ID.',
			);
		}
	});

	test('is offered after the list and the ID, also where a list is filtered by a recording', () => {
		const { properties } = new Siro().description;
		const filters = properties.filter(({ name }) => name === 'filters').flatMap(fieldsOf);
		const locators = [...properties, ...filters].filter(({ name }) => name === 'recordingId');
		expect(filters.some(({ name }) => name === 'recordingId')).toBe(true);
		expect(locators.length).toBeGreaterThan(2);
		for (const { modes = [] } of locators) {
			expect(modes.map(({ name }) => name)).toEqual(['list', 'id', 'url']);
		}
	});
});

test.each(['"Recording deleted"', 'Deleted', '""', 'null', ''])(
	'a deletion that Siro confirms with %j is done, and not tried again',
	async (confirmation) => {
		platformApi()
			.delete('/v1/core/recordings/rec-1')
			.reply(200, confirmation, { 'content-type': 'application/json' });

		const { output, error } = await run('delete', {});

		expect(error).toBeUndefined();
		expect(output[0].map(({ json }) => json)).toEqual([{ recordingId: 'rec-1', deleted: true }]);
	},
);

describe('a download', () => {
	test('is not begun at an address that is not safe', async () => {
		platformApi()
			.post(SIGNED_URL_PATH)
			.reply(200, { data: { error: false, url: `http://storage.example/a?${SIGNATURE}` } });

		const { error } = await run('download', {});

		expect(error?.message).toContain('expected a signed https address');
		expect(recordedRequests()).toHaveLength(1);
	});

	test('that Siro has no audio for says why', async () => {
		platformApi()
			.post(SIGNED_URL_PATH)
			.reply(200, { data: { error: true, url: '', expiration: 0, errorMessage: 'Audio purged' } });

		const { error } = await run('download', {});

		expect(error?.message).toBe(
			'Could not download a recording: Siro has no audio for this recording: Audio purged',
		);
	});

	test('whose connection fails does not tell the address', async () => {
		const url = `${STORAGE}/siro-audio/a-1?${SIGNATURE}`;
		platformApi()
			.post(SIGNED_URL_PATH)
			.reply(200, { data: { error: false, url, expiration: 1 } });
		recordedScope(STORAGE)
			.get('/siro-audio/a-1')
			.query(true)
			.replyWithError(`No way to ${url}, ${SECRETS.signature}`);

		const { error } = await run('download', { options: { maxAttempts: 1 } });

		expect(error?.message).toContain('the connection to Siro’s file storage failed');
		expect(error?.description).toContain('No way to [hidden], [hidden]');
	});

	test('needs a token that may write, because Siro signs addresses by POST', async () => {
		const { error } = await run('download', {}, { credential: createCredential('readingUser') });

		expect(error?.message).toBe(
			'Could not download a recording: this needs the scope Write, but the Siro credential has the scope Read',
		);
	});
});

describe('an upload', () => {
	test('makes its recording once, whatever Siro answers', async () => {
		const put = '/siro-audio/up-1';
		platformApi()
			.post('/v1/core/recordings/signed-urls')
			.reply(200, {
				data: {
					uploadUrl: `${STORAGE}${put}?${SIGNATURE}`,
					uploadHeaders: { 'Content-Type': 'audio/mpeg' },
					downloadUrl: `${STORAGE}/siro-audio/down-1?${SIGNATURE}`,
				},
			});
		recordedScope(STORAGE).put(put).query(true).reply(200);
		platformApi().post('/v1/core/recordings/upload').reply(503, { error: 'Busy' });
		const file = { fileName: 'call.mp3', mimeType: 'audio/mpeg' };
		const item = { json: {}, binary: { data: await storeFile('sound', file) } };

		const { result } = await inFastTime(
			async () =>
				await run(
					'upload',
					{ userId: { __rl: true, mode: 'id', value: 'user-1' } },
					{ input: [item] },
				),
		);

		expect(result.error?.message).toContain('something went wrong inside Siro (status 503)');
		expect(recordedRequests()).toHaveLength(3);
	});
});

describe('a question', () => {
	test.each([429, 503])('is asked once, whatever Siro answers (%i)', async (status) => {
		platformApi().post('/v1/core/recordings/rec-1/chats').reply(status, 'Not now');

		const { result } = await inFastTime(async () => await run('ask', { question: 'Why?' }));

		expect(result.error?.message).toContain('Could not ask about a recording');
		expect(recordedRequests()).toHaveLength(1);
	});

	test('that is one too many is told the limit of the day', async () => {
		platformApi().post('/v1/core/recordings/rec-1/chats').reply(429, 'Rate limit exceeded');

		const { error } = await run('ask', { question: 'Why?' });

		expect(error?.description).toContain('at most 200 questions per user per day');
	});

	test('that is empty is not sent', async () => {
		const { error } = await run('ask', { question: '={{ " " }}' });

		expect(error?.message).toBe('Could not ask about a recording: question is empty');
	});
});

describe('the CRM record of a link', () => {
	const search = async (dataType: string) =>
		await searchList({
			nodeType: new Siro(),
			parameters: { resource: 'recording', operation: 'link', dataType },
			credential: createCredential('writingUser'),
			method: 'searchCrmRecords',
		});

	test.each([
		['ACCOUNT', 'accounts'],
		['ENGAGEMENT', 'engagements'],
		['OPPORTUNITY', 'opportunities'],
	])('is chosen from the list of its kind (%s)', async (dataType, list) => {
		siroApi()
			.get(`/v1/integrations/${list}`)
			.query(true)
			.reply(200, { data: [{ id: 'uuid-1', externalId: 'crm-1', name: 'Smith' }] });

		const { results } = await search(dataType);

		expect(results).toMatchObject([{ value: 'uuid-1' }]);
	});

	test.each(['CONTACT', 'LEAD'])('has no list where Siro has none (%s)', async (dataType) => {
		await expect(search(dataType)).rejects.toThrow('Siro cannot list contacts and leads');
	});

	test('is named when Siro does not find it, or the recording', async () => {
		platformApi()
			.put('/v1/core/recordings/rec-1/link')
			.reply(404, { error: 'CRM object not found' });
		platformApi().delete('/v1/core/recordings/rec-1/link').reply(404, { error: 'Link not found' });
		const lead = {
			dataType: 'LEAD',
			crmRecordId: { __rl: true, mode: 'externalId', value: 'lead-1' },
			connectionId: { __rl: true, mode: 'id', value: 'conn-1' },
		};

		const link = await run('link', lead);
		const unlink = await run('unlink', lead);

		expect(link.error?.message).toBe(
			'Could not link a recording: Siro has no recording "rec-1" or no lead with the external ID "lead-1"',
		);
		expect(link.error?.description).toContain('Siro said: CRM object not found');
		expect(unlink.error?.message).toBe(
			'Could not unlink a recording: Siro has no recording "rec-1" linked to the lead with the external ID "lead-1"',
		);
	});

	test('is needed', async () => {
		const { error } = await run('link', {
			crmRecordId: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' },
		});

		expect(error?.message).toMatch(/^Could not link a recording: .*is empty$/);
	});
});

describe('an execution is found by the recording that it is about', () => {
	const customDataOf = async (...ids: string[]) => {
		siroApi().get(/^.*$/).query(true).times(ids.length).reply(404, {});
		const input = ids.map((id) => ({ json: { id } }));
		const { run: execution } = await run('get', { recordingId: '={{ $json.id }}' }, { input });
		return execution.data.resultData.metadata;
	};

	test.each(['rec-1', 'https://app.siro.ai/#/recordings/rec-1'])(
		'%s, even if Siro does not have it',
		async (recording) =>
			expect(await customDataOf(recording)).toEqual({ siroRecordingId: 'rec-1' }),
	);

	test('by the first of several', async () => {
		expect(await customDataOf('rec-1', 'rec-2')).toEqual({ siroRecordingId: 'rec-1' });
	});

	test('but not by what is too long for n8n', async () => {
		expect(await customDataOf('x'.repeat(256))).toBeUndefined();
	});
});
