import type { INodeParameters } from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import { runNode, storeCredential } from '../engine';
import { startSimulator, type Simulator, type SimulatorOptions } from '../siro';

// Some thousand recordings take their time on a busy machine.
jest.setTimeout(60_000);

const COUNT = 2_500;
const PAGE = 100;
const MINUTE = 60_000;
const FIRST = Date.parse('2026-03-01T00:00:00Z');

const FILTERS = {
	createdAfter: new Date(FIRST - MINUTE).toISOString(),
	createdBefore: new Date(FIRST + COUNT * MINUTE).toISOString(),
};

let siro: Simulator;

afterEach(async () => await siro.stop());

/** A Siro whose recordings were made when `madeAt` says, in minutes. */
async function startSiro(
	madeAt: (index: number) => number = (index) => index,
	options: SimulatorOptions = {},
): Promise<void> {
	siro = await startSimulator({ seeded: false, ...options });
	siro.addRecordings(COUNT, (index) => ({
		createdAt: new Date(FIRST + madeAt(index) * MINUTE).toISOString(),
	}));
}

async function getAll(filters: INodeParameters = FILTERS) {
	const { organizationToken, externalApiUrl, platformApiUrl } = siro;
	const { output, error } = await runNode({
		nodeType: new Siro(),
		parameters: {
			resource: 'recording',
			operation: 'getAll',
			returnAll: true,
			filters,
			include: [],
			simplify: false,
		},
		credential: storeCredential(new SiroApi(), {
			organizationToken,
			externalApiUrl,
			platformApiUrl,
		}),
	});
	expect(error).toBeUndefined();
	return output[0].map(({ json }) => json.id);
}

/** The IDs in the order in which Siro lists them. */
function listed(order: 'newestFirst' | 'oldestFirst' = 'newestFirst') {
	const ids = siro.state.recordings.all().map(({ id }) => id);
	return order === 'newestFirst' ? ids.reverse() : ids;
}

/** How many of the requests began anew, instead of following a cursor. */
const begun = () => siro.requests.filter(({ query }) => query.cursor === undefined).length;

describe('a long list of recordings', () => {
	test.each(['newestFirst', 'oldestFirst'] as const)(
		'comes whole and in order when fetched in windows (%s)',
		async (listOrder) => {
			await startSiro(undefined, { listOrder });
			expect(await getAll()).toEqual(listed(listOrder));
			expect(begun()).toBeGreaterThan(2);
			expect(siro.requests.length).toBeLessThan((COUNT / PAGE) * 1.5);
		},
	);

	test.each(['newestFirst', 'oldestFirst'] as const)(
		'leaves out what the bounds leave out, to the millisecond (%s)',
		async (listOrder) => {
			await startSiro(undefined, { listOrder });
			const ids = await getAll({
				createdAfter: new Date(FIRST).toISOString(),
				createdBefore: new Date(FIRST + (COUNT - 1) * MINUTE).toISOString(),
			});
			expect(ids).toEqual(listed(listOrder).slice(1, -1));
			expect(begun()).toBeGreaterThan(2);
		},
	);

	test('comes whole when many recordings were made at one moment', async () => {
		await startSiro((index) => Math.floor(index / 70) * 70);
		expect(await getAll()).toEqual(listed());
		expect(begun()).toBeGreaterThan(2);
	});

	test('comes whole when almost all recordings lie close together', async () => {
		await startSiro((index) => (index < 2_300 ? index / 100 : index));
		expect(await getAll()).toEqual(listed());
	});

	test('follows the cursor when nothing tells where the list ends', async () => {
		await startSiro();
		const { createdBefore } = FILTERS;
		expect(await getAll({ createdBefore })).toEqual(listed());
		expect(begun()).toBe(1);
		expect(siro.requests).toHaveLength(COUNT / PAGE);
	});

	test('follows the cursor when the list is sorted by something else', async () => {
		await startSiro((index) => (index * 7) % COUNT);
		expect(await getAll()).toEqual(listed());
		expect(begun()).toBe(1);
	});

	test('follows the cursor when the list turns out to be sorted in part only', async () => {
		await startSiro((index) => (index > 1_500 ? index : (index * 7) % 1_500));
		expect(await getAll()).toEqual(listed());
		expect(begun()).toBeGreaterThan(2);
	});

	test('asks for no more than one page when that is all', async () => {
		await startSiro();
		const createdAfter = new Date(FIRST + (COUNT - 50) * MINUTE).toISOString();
		expect(await getAll({ ...FILTERS, createdAfter })).toEqual(listed().slice(0, 49));
		expect(siro.requests).toHaveLength(1);
	});
});
