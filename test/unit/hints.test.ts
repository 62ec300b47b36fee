/** What the node points out above its output although nothing has failed. */
import type { INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import { platformApi, runNode, siroApi } from '../engine';
import { createCredential } from '../operations/run-case';

async function hintsOf(parameters: INodeParameters, items: object[] = [{}]): Promise<string[]> {
	const { hints, error } = await runNode({
		nodeType: new Siro(),
		parameters,
		credential: createCredential('organization'),
		input: items.map((record) => ({ json: { record } })),
	});
	expect(error).toBeUndefined();
	return hints.map(({ message }) => message);
}

describe('appointments that are synced', () => {
	const SYNC = {
		resource: 'engagement',
		operation: 'sync',
		inputMode: 'json',
		json: '={{ $json.record }}',
	};
	const REPS = [{ externalId: 'rep-1' }];
	const MEETING = { activityType: 'MEETING', name: 'meeting' };

	const hintsOn = async (...appointments: object[]) => {
		const records = appointments.map((appointment, index) => ({
			externalId: `appt-${index}`,
			startTime: '2026-02-15T14:00:00.000Z',
			engagementUsers: REPS,
			engagementType: MEETING,
			...appointment,
		}));
		const [first] = records;
		if (records.length === 1) {
			siroApi().put('/v1/integrations/sync/engagements').reply(200, { data: first });
		} else {
			siroApi().put('/v1/integrations/sync/batch/engagements').reply(200, { data: records });
		}
		return await hintsOf(SYNC, records);
	};

	test('are taken without a word if they have reps and a known type', async () => {
		expect(await hintsOn({})).toEqual([]);
	});

	test('cannot be matched without reps', async () => {
		expect(await hintsOn({ engagementUsers: [] }, {}, { engagementUsers: undefined })).toEqual([
			expect.stringMatching(/^This appointment has no rep\. .* \(Items 0, 2\)$/),
		]);
	});

	test('need no reps when they are deleted', async () => {
		expect(await hintsOn({ engagementUsers: [], deletedAt: '2026-02-15T14:00:00.000Z' })).toEqual(
			[],
		);
	});

	test('may have a type that Siro does not document', async () => {
		expect(await hintsOn({ engagementType: { activityType: 'VISIT', name: 'visit' } })).toEqual([
			expect.stringMatching(/^Siro may not know this activity type\. .* \(Item 0\)$/),
		]);
	});

	test.each([
		['no start', { startTime: undefined }, /^This appointment has no Start Time\. .* \(Item 0\)$/],
		['an end before its start', { endTime: '2026-02-15T13:00:00Z' }, /^The End Time is before/],
	])('cannot be matched with %s', async (_title, appointment, hint) => {
		expect(await hintsOn(appointment)).toEqual([expect.stringMatching(hint)]);
	});

	test.each([
		'2026-02-15T19:00:00Z',
		'2026-02-15T14:00:00.000-05:00',
		'2026-02-15 14:00+0100',
		'2026-02-15T14:00+01',
	])('show their local time as it is, so it takes no zone: %s', async (startTimeLocalized) => {
		expect(await hintsOn({ startTimeLocalized })).toEqual([
			expect.stringMatching(/^Start Time Localized has a time zone, .* \(Item 0\)$/),
		]);
	});

	test.each(['2026-02-15T14:00:00', '2026-02-15', '2026-02-15 14:00'])(
		'may show %s as it is',
		async (startTimeLocalized) => {
			expect(await hintsOn({ startTimeLocalized })).toEqual([]);
		},
	);

	test('are named up to ten', async () => {
		const [hint] = await hintsOn(...Array.from({ length: 12 }, () => ({ engagementUsers: [] })));
		expect(hint).toMatch(/\(Items 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …\)$/);
	});
});

describe('summaries', () => {
	const GET = { resource: 'summary', operation: 'get', recordingId: 'rec-1' };
	const answer = (...sections: object[]) =>
		siroApi().get('/v1/core/recordings/rec-1/summaries').reply(200, sections);

	test('that are not there yet are pointed out, all at once', async () => {
		answer();
		answer();
		expect(await hintsOf(GET, [{}, {}])).toEqual([
			expect.stringMatching(
				/^The recording has no summary yet\. .* try again later.* \(Items 0, 1\)$/,
			),
		]);
	});

	test('that are there need no hint', async () => {
		answer({ id: 's1', name: 'Overview', content: 'They liked the oak.' });
		expect(await hintsOf(GET)).toEqual([]);
	});
});

test('a transcript that is not there yet is pointed out', async () => {
	platformApi()
		.get('/v1/core/recordings/rec-1/utterances')
		.reply(200, { data: { utterances: [], speakerMap: {} } });

	const { hints } = await runNode({
		nodeType: new Siro(),
		parameters: { resource: 'recording', operation: 'getTranscript', recordingId: 'rec-1' },
		credential: createCredential('readingUser'),
	});

	expect(hints).toMatchObject([
		{ message: expect.stringMatching(/^Siro has no transcript .* yet/) },
	]);
});

test('what the list of a user has not is pointed out, if it is asked for all the same', async () => {
	platformApi().get('/v1/core/recordings').query(true).reply(200, { data: [], cursor: null });

	const { hints } = await runNode({
		nodeType: new Siro(),
		parameters: {
			resource: 'recording',
			operation: 'getAll',
			source: 'user',
			include: ['crm', 'summary'],
		},
		credential: createCredential('readingUser'),
	});

	expect(hints).toMatchObject([
		{ message: expect.stringMatching(/have no summaries or extracted values.* \(Item 0\)$/) },
	]);
});
