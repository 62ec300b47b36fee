/** What CRMs really hand over, and what goes into Siro: in fields and in JSON, by one reading. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import { recordedRequests, runNode, siroApi, storeFile, useBinaryDataMode } from '../engine';
import { createCredential } from '../operations/run-case';

const APPOINTMENT = {
	path: '/v1/integrations/sync/engagements',
	parameters: { resource: 'engagement', operation: 'sync', externalId: 'record-1' },
};
const DEAL = {
	path: '/v1/integrations/sync/opportunities',
	parameters: { resource: 'opportunity', operation: 'sync', externalId: 'record-1' },
};

interface Synced {
	/** The body that Siro got. */
	sent: unknown;
	error?: string;
	hints: string[];
}

async function sync(
	{ path, parameters }: typeof APPOINTMENT,
	given: INodeParameters,
	json: IDataObject = {},
): Promise<Synced> {
	siroApi()
		.put(path)
		.optionally()
		.reply(200, { data: { externalId: 'record-1' } });
	const { error, hints } = await runNode({
		nodeType: new Siro(),
		parameters: { ...parameters, ...given },
		credential: createCredential('organization'),
		input: [{ json }],
	});
	return {
		sent: recordedRequests()[0]?.body,
		error: error?.message,
		hints: hints.map(({ message }) => message),
	};
}

/** Each field of a record, dragged from the item. */
const dragged = (place: string, record: object, more: INodeParameters = {}): INodeParameters => ({
	...Object.fromEntries(Object.keys(record).map((name) => [name, `={{ $json.${place}.${name} }}`])),
	...more,
});

const syncJson = async (kind: typeof APPOINTMENT, record: IDataObject) =>
	await sync(
		kind,
		{ inputMode: 'json', json: '={{ $json }}' },
		{ externalId: 'record-1', ...record },
	);

describe('what is blank in a list is left out', () => {
	const values = [null, '', ' ', '555-1', [1, null, 2], { nested: null }.nested];

	test.each(['phoneNumbers', 'emailAddresses', 'mergedFromExternalIds'])('of %s', async (name) => {
		const { sent } = await sync(
			APPOINTMENT,
			{
				account: {
					externalId: 'acc-1',
					[name]: [
						...values.map((_, index) => `={{ $json.values[${index}] }}`),
						'={{ $json.missing }}',
					],
				},
			},
			{ values },
		);
		expect(sent).toMatchObject({ account: { [name]: ['555-1', '1', '2'] } });
		expect(
			await syncJson(APPOINTMENT, { account: { externalId: 'acc-1', [name]: values } }),
		).toEqual(expect.objectContaining({ error: undefined }));
		expect(recordedRequests()[1].body).toMatchObject({ account: { [name]: ['555-1', '1', '2'] } });
	});

	test('an object in it is refused by its name', async () => {
		const { sent, error } = await syncJson(APPOINTMENT, {
			account: { externalId: 'acc-1', phoneNumbers: [{ number: '555' }] },
		});
		expect(error).toBe(
			'Could not sync an appointment: Account → Phone Numbers: an object is not text',
		);
		expect(sent).toBeUndefined();
	});
});

describe('an object where a text is wanted', () => {
	const CONTACT = { value: 7, name: 'Acme' };

	test.each([
		[
			'in fields',
			async () => await sync(APPOINTMENT, { externalId: '={{ $json.id }}' }, { id: CONTACT }),
		],
		['in JSON', async () => await syncJson(APPOINTMENT, { externalId: CONTACT })],
	])('is refused %s, and nothing is sent', async (_title, run) => {
		const { sent, error } = await run();
		expect(error).toBe('Could not sync an appointment: External ID: an object is not text');
		expect(sent).toBeUndefined();
	});
});

describe('types fit', () => {
	const GIVEN = {
		externalId: 1042,
		subject: 2026,
		account: {
			externalId: 7,
			name: 1984,
			latitude: '41.6',
			longitude: '-87.5',
			addresses: [{ zip: 37201, city: null }],
			ownerExternalId: 3,
		},
		opportunity: {
			externalId: ' D-1 ',
			amount: '$45,000.00',
			disposition: 'won',
			copyEngagementRelationships: 'no',
		},
	};
	const FITTING = {
		externalId: '1042',
		subject: '2026',
		account: {
			externalId: '7',
			name: '1984',
			latitude: 41.6,
			longitude: -87.5,
			addresses: [{ street: '', city: '', state: '', zip: '37201', country: '' }],
			owner: { externalId: '3' },
		},
		opportunity: {
			externalId: 'D-1',
			amount: 45000,
			disposition: 'WON',
			copyEngagementRelationships: false,
		},
	};

	test('in JSON', async () => {
		expect((await syncJson(APPOINTMENT, GIVEN)).sent).toEqual(FITTING);
	});

	test('in fields', async () => {
		const { sent } = await sync(
			APPOINTMENT,
			{
				externalId: '={{ $json.externalId }}',
				subject: '={{ $json.subject }}',
				activityType: '={{ $json.missing }}',
				account: dragged('account', GIVEN.account, {
					addresses: { address: [dragged('account.addresses[0]', GIVEN.account.addresses[0])] },
				}),
				opportunity: dragged('opportunity', GIVEN.opportunity),
			},
			GIVEN,
		);
		expect(sent).toEqual(FITTING);
	});

	test.each([
		[{ amount: '45,000.50' }, { amount: 45000.5 }],
		[{ amount: 0 }, { amount: 0 }],
		[{ disposition: 'Lost' }, { disposition: 'LOST' }],
	])('of a deal: %j', async (given, fitting) => {
		expect((await syncJson(DEAL, given)).sent).toMatchObject(fitting);
		await sync(DEAL, dragged('given', given), { given } as IDataObject);
		expect(recordedRequests()[1].body).toMatchObject(fitting);
	});

	test.each([
		[{ amount: '45k' }, 'Amount: "45k" is not a number'],
		[{ amount: '45.000' }, 'Amount: "45.000" is not a number'],
		[
			{ disposition: 'Closed Won' },
			'Disposition: "Closed Won" is not one of Do Not Send, Lost, Open, Won',
		],
	])('or are refused by name: %j', async (given, reason) => {
		expect((await syncJson(DEAL, given)).error).toBe(`Could not sync an opportunity: ${reason}`);
	});
});

describe('what was not deleted', () => {
	test.each([
		['={{ new Date(null) }}'],
		['1970-01-01'],
		['0000-00-00 00:00:00'],
		['0001-01-01T00:00:00'],
		['1900-01-01T00:00:00'],
		[null],
	])('is not said to be: %j', async (deletedAt) => {
		const account = { externalId: 'a' };
		const { sent } = await sync(APPOINTMENT, {
			activityType: '',
			additionalFields: { deletedAt },
			account: { ...account, deletedAt },
		});
		expect(sent).toEqual({ externalId: 'record-1', account });
	});
});

describe('a blank option', () => {
	test.each([[null], [''], ['={{ $json.missing }}'], ['={{ null }}']])(
		'%j says nothing',
		async (value) => {
			expect((await sync(APPOINTMENT, { activityType: value })).sent).toEqual({
				externalId: 'record-1',
			});
			expect((await sync(DEAL, { disposition: value })).sent).toEqual({ externalId: 'record-1' });
		},
	);

	test('a number is none, and the user is told', async () => {
		const { sent, hints } = await sync(DEAL, { disposition: '={{ $json.stage }}' }, { stage: 3 });
		expect(sent).toEqual({ externalId: 'record-1' });
		expect(hints).toEqual([
			expect.stringMatching(/^Disposition: 3 is not one of .* left out\. \(Item 0\)$/),
		]);
	});
});

describe('an address', () => {
	const inAccount = (addresses: unknown) =>
		({ account: { externalId: 'a', addresses } }) as IDataObject;

	test.each([
		[{ address: [{ street: '', city: null }] }],
		[{ address: [{}] }],
		[[{ street: null, city: ' ', state: '', zip: '', country: '' }]],
		[null],
	])('of which nothing is said is none: %j', async (addresses) => {
		expect((await syncJson(APPOINTMENT, inAccount(addresses))).sent).toEqual({
			externalId: 'record-1',
			account: { externalId: 'a' },
		});
	});
});

describe('a related record without an external ID of its own is left out', () => {
	test.each([
		[APPOINTMENT, { opportunity: { externalId: null, copyEngagementRelationships: true } }],
		[APPOINTMENT, { contact: { name: '' }, lead: { externalId: '' }, account: { latitude: 0 } }],
		[APPOINTMENT, { engagementUsers: [{ externalId: null, shareOfSale: 0.5 }] }],
		[DEAL, { opportunityContacts: [{ externalId: '', isPrimary: false }] }],
		[DEAL, { account: { externalId: ' ' } }],
	])('%# silently, if it says nothing of its own', async (kind, record) => {
		const { sent, error, hints } = await syncJson(kind, record as IDataObject);
		expect(error).toBeUndefined();
		expect(sent).toEqual({ externalId: 'record-1' });
		expect(hints.filter((hint) => hint.includes('left out'))).toEqual([]);
	});

	test('with a hint, if it does', async () => {
		const { sent, hints } = await sync(DEAL, {
			reps: {
				rep: [
					{ externalId: 'rep-1' },
					{ externalId: '={{ $json.none }}', email: 'bob@example.com' },
				],
			},
			contacts: { contact: [{ externalId: '', name: 'Ann', isPrimary: false }] },
		});
		expect(sent).toEqual({ externalId: 'record-1', opportunityUsers: [{ externalId: 'rep-1' }] });
		expect(hints).toEqual([
			expect.stringMatching(/^A rep has no External ID and was left out\. .*\(Item 0\)$/),
			expect.stringMatching(/^A contact has no External ID and was left out\. .*\(Item 0\)$/),
		]);
	});
});

test('white space around IDs and emails is dropped everywhere', async () => {
	const { sent } = await sync(APPOINTMENT, {
		externalId: ' \u00a0A-1 ',
		activityType: '',
		reps: { rep: [{ externalId: ' rep-1', email: 'ann@example.com ' }] },
	});
	expect(sent).toEqual({
		externalId: 'A-1',
		engagementUsers: [{ externalId: 'rep-1', email: 'ann@example.com' }],
	});
});

test('what JSON holds beyond the menus stays as it is', async () => {
	const beyond = { custom: { a: null, b: ' x ' }, owner: null };
	expect((await syncJson(APPOINTMENT, beyond)).sent).toEqual({ externalId: 'record-1', ...beyond });
});

describe('lists', () => {
	const list = async (parameters: INodeParameters, query: object) => {
		siroApi()
			.get('/v1/integrations/engagements')
			.query(query as never)
			.reply(200, {
				data: Array.from({ length: 60 }, (_, id) => ({ id: String(id) })),
				cursor: null,
			});
		const { output, error } = await runNode({
			nodeType: new Siro(),
			parameters: { resource: 'engagement', operation: 'getAll', ...parameters },
			credential: createCredential('organization'),
		});
		expect(error).toBeUndefined();
		return output[0].length;
	};

	test.each([
		['a blank limit', { limit: '={{ $json.missing }}' }, 50],
		['a limit of null', { limit: null }, 50],
		['a limit as text', { limit: '7' }, 7],
		['"Return All" as the text "false"', { returnAll: 'false' }, 50],
		['"Return All" as the text "true"', { returnAll: 'true' }, 60],
	])('with %s', async (_title, parameters, length) => {
		expect(await list(parameters as INodeParameters, {})).toBe(length);
	});

	test('filters are trimmed', async () => {
		expect(await list({ filters: { externalId: ' U-1\u00a0' } }, { externalId: 'U-1' })).toBe(50);
	});
});

describe('a file without a type', () => {
	const upload = async (fileName: string | undefined) => {
		useBinaryDataMode('default');
		const data = await storeFile('audio', { fileName: fileName ?? 'x', mimeType: 'audio/mpeg' });
		const { error } = await runNode({
			nodeType: new Siro(),
			parameters: {
				resource: 'recording',
				operation: 'upload',
				userId: { __rl: true, mode: 'id', value: 'user-1' },
			},
			credential: createCredential('readingUser'),
			input: [
				{
					json: {},
					binary: {
						data: { ...data, fileName, fileExtension: undefined, mimeType: undefined as never },
					},
				},
			],
		});
		return error?.message;
	};

	test('goes by its name', async () => {
		expect(await upload('call.mp3')).toMatch(/scope Write/);
	});

	test('and without a name is refused in plain words', async () => {
		expect(await upload(undefined)).toBe(
			'Could not upload a recording: Siro accepts only MP3, AAC and WAV files, but this file has neither a name nor a type',
		);
	});
});
