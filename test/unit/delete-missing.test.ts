import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import {
	inFastTime,
	recordedRequests,
	runNode,
	siroApi,
	type NodeRun,
	type NodeRunOptions,
} from '../engine';
import { createCredential } from '../operations/run-case';

// Forty pages take their time on a busy machine.
jest.setTimeout(60_000);

const DELETION = '/v1/integrations/sync/engagements/soft-delete-removed';
const WINDOW = { fromTime: '2026-02-15T00:00:00.000Z', toTime: '2026-02-16T00:00:00.000Z' };

async function deleteMissing(
	input: IDataObject[],
	parameters: INodeParameters = {},
	settings: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	return await runNode({
		nodeType: new Siro(),
		parameters: {
			resource: 'engagement',
			operation: 'deleteMissing',
			existingExternalIds: '={{ $json.Id }}',
			...WINDOW,
			...parameters,
		},
		input: input.map((json) => ({ json })),
		credential: createCredential('organization'),
		...settings,
	});
}

const acceptDeletion = () =>
	siroApi()
		.post(DELETION)
		.reply(200, { data: { success: true } });

/** What Siro has in the time window: an appointment for each of these IDs. */
const holdAppointments = (...externalIds: string[]) =>
	siroApi()
		.get('/v1/integrations/engagements')
		.reply(200, {
			data: externalIds.map((externalId, index) => ({
				id: `eng-${index}`,
				externalId,
				subject: `Visit ${index}`,
				startTime: WINDOW.fromTime,
			})),
			cursor: null,
		});

/** Gives pages of one appointment each, all of them in the time window. */
function listAppointments(pages: number) {
	for (let page = 0; page < pages; page++) {
		siroApi()
			.get('/v1/integrations/engagements')
			.query(page === 0 ? {} : { cursor: page })
			.reply(200, {
				data: [{ id: `eng-${page}`, externalId: `appt-${page}`, startTime: WINDOW.fromTime }],
				cursor: page + 1 < pages ? page + 1 : null,
			});
	}
}

const deletions = () => recordedRequests().filter(({ method }) => method === 'POST');

describe('an empty list', () => {
	test('is refused, and the reader learns how many appointments it would have cost', async () => {
		listAppointments(2);

		const { error } = await deleteMissing([{}]);

		expect(error?.message).toBe(
			'Could not delete missing appointments: the list of existing appointments is empty, so Siro would delete every appointment that starts from 2026-02-15T00:00:00.000Z to 2026-02-16T00:00:00.000Z (2)',
		);
		expect(error?.description).toMatch(/^Nothing was deleted.*"Allow Empty List"/);
		expect(deletions()).toEqual([]);
	});

	test('is counted up to a point only', async () => {
		listAppointments(41);

		const { error } = await deleteMissing([{ ids: [] }], {
			existingExternalIds: '={{ $json.ids }}',
		});

		expect(error?.message).toMatch(/\(at least 40\)$/);
	});

	test('goes through once it is allowed', async () => {
		acceptDeletion();

		const { output } = await deleteMissing([{}], { allowEmptyList: true });

		expect(deletions()).toMatchObject([{ body: { validExternalIds: [], ...WINDOW } }]);
		expect(output[0]).toMatchObject([{ json: { success: true, existingCount: 0 } }]);
	});
});

describe('a gap in the list', () => {
	test.each([
		['an item without the field', [{ Id: 'appt-1' }, { id: 'appt-2' }], 1],
		['an item with an empty field', [{ Id: ' ' }], 0],
		['an empty entry of a list', [{ Id: ['appt-1', null] }], 0],
		['an object', [{ Id: 'appt-1' }, { Id: { value: 'appt-2' } }], 1],
		['an object in a list', [{ Id: [{ Id: 'appt-1' }] }], 0],
	])('(%s) is refused, even if an empty list is allowed', async (_title, input, itemIndex) => {
		const { error } = await deleteMissing(input, { allowEmptyList: true });

		expect(error?.message).toBe(
			'Could not delete missing appointments: an external ID is missing, so nothing was deleted',
		);
		expect(error?.description).toBeTruthy();
		expect(error).toHaveProperty('context.itemIndex', itemIndex);
		expect(recordedRequests()).toEqual([]);
	});

	test('(an ID that lost its last digits as a number) is refused, too', async () => {
		const { error } = await deleteMissing([{ Id: JSON.parse('3652397000000649013') }]);

		expect(error?.message).toBe(
			'Could not delete missing appointments: the external ID 3652397000000649000 is too long for a number and lost its last digits, so nothing was deleted',
		);
		expect(recordedRequests()).toEqual([]);
	});
});

describe('the time window', () => {
	test('must be the same for all items', async () => {
		const input = [
			{ Id: 'appt-1', start: '2026-02-15T09:00' },
			{ Id: 'appt-2', start: '2026-02-15T10:00' },
		];

		const { error } = await deleteMissing(input, { fromTime: '={{ $json.start }}' });

		expect(error?.message).toBe(
			'Could not delete missing appointments: From Time or To Time is not the same for all items',
		);
		expect(error?.description).toContain('Loop Over Items');
		expect(recordedRequests()).toEqual([]);
	});

	test('may differ by the moments that pass between two items', async () => {
		holdAppointments();
		acceptDeletion();
		const input = [
			{ Id: 'appt-1', start: '2026-02-15T09:00:00.001Z' },
			{ Id: 'appt-2', start: '2026-02-15T09:00:00.002Z' },
		];

		await deleteMissing(input, { fromTime: '={{ $json.start }}' });

		expect(deletions()).toMatchObject([{ body: { fromTime: '2026-02-15T09:00:00.001Z' } }]);
	});

	test('may not end before it begins', async () => {
		const { error } = await deleteMissing([{ Id: 'appt-1' }], { toTime: '2026-02-14T00:00:00Z' });

		expect(error?.message).toBe(
			'Could not delete missing appointments: From Time is later than To Time',
		);
	});

	test('is needed', async () => {
		const { error } = await deleteMissing([{ Id: 'appt-1' }], { toTime: '={{ $json.end }}' });

		expect(error?.message).toBe('Could not delete missing appointments: To Time is empty');
	});
});

describe('a large deletion', () => {
	const ids = (count: number, prefix = 'appt-') =>
		Array.from({ length: count }, (_, index) => `${prefix}${index}`);
	const byId = (...externalIds: string[]) => externalIds.map((Id) => ({ Id }));

	test.each([
		['none of the IDs is known to Siro', ids(2), ids(2, 'other-'), /2 of the 2 appointments/],
		['IDs were padded in the CRM only', ids(2), ['appt-0000', 'appt-1000'], /none of them is on/],
		['the list is a first page', ids(25), ids(12), /13 of the 25 appointments .* half of them/],
	])('is refused when %s', async (_title, held, listed, reason) => {
		holdAppointments(...held);

		const { error } = await deleteMissing(byId(...listed));

		expect(error?.message).toMatch(reason);
		expect(error?.message).toMatch(/so nothing was deleted$/);
		expect(error?.description).toMatch(/"Visit \d+" \(appt-\d+\).*"Allow Large Deletion"/);
		expect(deletions()).toEqual([]);
	});

	test.each([
		['at most half are missing', ids(20), ids(10)],
		['fewer than ten are missing', ids(10), ids(1)],
		['nothing is missing', [], ids(3)],
	])('is none when %s', async (_title, held, listed) => {
		holdAppointments(...held);
		acceptDeletion();

		const { error } = await deleteMissing(byId(...listed));

		expect(error).toBeUndefined();
		expect(deletions()).toMatchObject([{ body: { validExternalIds: listed } }]);
	});

	test('goes through once it is allowed', async () => {
		acceptDeletion();

		await deleteMissing(byId('other'), { allowLargeDeletion: true });

		expect(deletions()).toHaveLength(1);
	});

	test('cannot be ruled out when Siro does not give all appointments', async () => {
		siroApi().get('/v1/integrations/engagements').reply(200, { data: [], cursor: 1 });
		siroApi().get('/v1/integrations/engagements').query({ cursor: 1 }).reply(400, 'No');

		const { error } = await deleteMissing(byId('appt-1'));

		expect(error).toBeDefined();
		expect(deletions()).toEqual([]);
	});
});

describe('a switch that deletes', () => {
	test.each([['false'], ['no'], ['off'], [0], [null], [''], ['={{ $json.missing }}']])(
		'is off when it says %j',
		async (allowEmptyList) => {
			listAppointments(1);

			const { error } = await deleteMissing([{}], { allowEmptyList } as INodeParameters);

			expect(error?.message).toMatch(/the list of existing appointments is empty/);
			expect(deletions()).toEqual([]);
		},
	);

	test.each([['maybe'], [2], [{ on: true }], [[true, true]]])(
		'is refused by name when it says %j',
		async (allowEmptyList) => {
			const { error } = await deleteMissing([{}], { allowEmptyList } as INodeParameters);

			expect(error?.message).toMatch(/allow Empty List: .* is not true or false$/i);
			expect(deletions()).toEqual([]);
		},
	);

	test.each([['={{ $json.missing }}'], ['={{ null }}'], ["={{ '' }}"], [true], ['true'], ['yes']])(
		'for a preview deletes nothing when it says %j',
		async (previewOnly) => {
			holdAppointments('appt-1');

			const { output } = await deleteMissing([{ Id: 'appt-2' }], { previewOnly });

			expect(output[0]).toMatchObject([{ json: { preview: true, missingCount: 1 } }]);
			expect(deletions()).toEqual([]);
		},
	);
});

describe('an ID', () => {
	test.each([
		['with a comma inside', '1042,1', ['1042,1']],
		['with white space around it', ' \u00a0appt-1\t', ['appt-1']],
		['that is a number', 1042, ['1042']],
		['per line', 'appt-1\r\n appt-2 \n\nappt-3', ['appt-1', 'appt-2', 'appt-3']],
		['in a list as an AI agent writes it', '["appt-1", "1042,1"]', ['appt-1', '1042,1']],
	])('%s is read as the sync reads it', async (_title, Id, externalIds) => {
		acceptDeletion();

		await deleteMissing([{ Id }], { allowLargeDeletion: true });

		expect(deletions()).toMatchObject([{ body: { validExternalIds: externalIds } }]);
	});
});

test('a deletion that was refused has failed for every item', async () => {
	holdAppointments();
	siroApi()
		.post(DELETION)
		.reply(200, { data: { success: false } });

	const { output } = await deleteMissing(
		[{ Id: 'appt-1' }, { Id: 'appt-2' }],
		{},
		{ continueOnFail: 'continueErrorOutput' },
	);

	expect(output[0]).toEqual([]);
	expect(output[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

test('what comes out can be traced back when there is one item', async () => {
	holdAppointments();
	acceptDeletion();

	const { readAfterwards } = await deleteMissing(
		[{ ids: ['appt-1'], week: 7 }],
		{ existingExternalIds: '={{ $json.ids }}' },
		{ readAfterwards: { week: '={{ $("Start").item.json.week }}' } },
	);

	expect(readAfterwards).toEqual([[{ week: 7 }]]);
});

test('is sent again when Siro is busy: the same list leaves the same appointments', async () => {
	holdAppointments();
	siroApi().post(DELETION).reply(503, 'Busy');
	acceptDeletion();

	const { result } = await inFastTime(async () => await deleteMissing([{ Id: 'appt-1' }]));

	expect(result.output[0]).toHaveLength(1);
	expect(deletions()).toHaveLength(2);
});
