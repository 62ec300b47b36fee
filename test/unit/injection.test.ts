import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { path } from '../../nodes/Siro/api/path';
import { recordedRequests, recordedScope, storeCredential, type NodeRun } from '../support/engine';
import { HOSTILE_IDS, IMPOSSIBLE_IDS } from '../support/injection/hostile-values';
import { idParametersOf, withId, type IdParameter } from '../support/injection/id-parameters';
import { OPERATION_CASES, type Exchange, type OperationCase } from '../support/operations';
import {
	addressOf,
	createCredential,
	runCase,
	SECRETS,
	STORAGE,
} from '../support/operations/run-case';

const ALL_IDS = [...HOSTILE_IDS, ...IMPOSSIBLE_IDS];

const OPERATIONS = RESOURCES.flatMap(({ value: resource, operations }) =>
	operations.map((operation) => ({
		name: `${resource}:${operation.value}`,
		idParameters: idParametersOf(operation),
		cases: OPERATION_CASES.filter(
			(tried) => tried.resource === resource && tried.operation === operation.value,
		),
	})),
);

const OPERATIONS_WITH_IDS = OPERATIONS.filter(({ idParameters }) => idParameters.length > 0);

let credentials = 0;

/** With a token of its own, so that the limit of requests per token does not slow the tests down. */
function newCredential(kind: OperationCase['credential']) {
	const { data } = createCredential(kind);
	const accessToken = data.useOAuthApp ? `${SECRETS.user}-${++credentials}` : '';
	return storeCredential(new SiroApi(), {
		...data,
		organizationToken: `${SECRETS.organization}-${++credentials}`,
		clientId: `client-${credentials}`,
		accessToken,
	});
}

/** Where a request of this exchange may go: each `{…}` stands for one segment. */
function toPattern(exchange: Exchange): RegExp {
	const { origin, pathname } = new URL(addressOf({ ...exchange, path: '' }));
	const base = pathname === '/' ? '' : pathname;
	const template = `${origin}${base}${exchange.documentedPath ?? exchange.path}`;
	const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
	return new RegExp(`^${escaped.replace(/\{[^}]*\}/g, '([^/]+)')}$`);
}

/** Answers whatever is sent to Siro's hosts, as in the case where it knows the address. */
function answerAnything({ exchanges }: OperationCase): void {
	const known = exchanges.map((exchange) => ({ exchange, pattern: toPattern(exchange) }));
	for (const host of ['https://functions.siro.ai', 'https://api.siro.ai', STORAGE]) {
		for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
			recordedScope(host)
				.intercept(/.*/, method)
				.query(true)
				.optionally()
				.reply((uri) => {
					const { origin, pathname } = new URL(uri, host);
					const fitting = known.filter(
						(one) => one.exchange.method === method && one.pattern.test(origin + pathname),
					);
					// The last one, so that a list ends.
					const exchange = fitting.at(-1)?.exchange;
					if (exchange === undefined) return [404, { error: 'Not found' }];
					return [exchange.status ?? 200, exchange.answer as object, exchange.answerHeaders];
				})
				.persist();
		}
	}
}

/** Runs a case once for each ID, side by side, as an expression gives them. */
async function runWithIds(
	operationCase: OperationCase,
	parameter: IdParameter,
	mode: string | undefined,
	ids: unknown[],
): Promise<NodeRun> {
	const [first] = operationCase.input ?? [{ json: {} }];
	const input = ids.map((id) => ({ ...first, json: { ...first.json, hostile: id } }));
	const parameters = withId(operationCase.parameters, parameter, '={{ $json.hostile }}', mode);
	return await runCase(
		{
			...operationCase,
			parameters: withOneAttempt(parameters),
			input: input as INodeExecutionData[],
		},
		{ continueOnFail: 'continueErrorOutput', credential: newCredential(operationCase.credential) },
	);
}

function withOneAttempt(parameters: INodeParameters): INodeParameters {
	return { ...parameters, options: { ...(parameters.options as INodeParameters), maxAttempts: 1 } };
}

const HEADERS_OF_A_REQUEST = new Set([
	'accept',
	'accept-encoding',
	'authorization',
	'connection',
	'content-length',
	'content-type',
	'host',
	'user-agent',
	'x-goog-content-length-range',
	'x-siro-auth-token',
]);

const CONTENT_TYPES =
	/^(application\/json(;charset=utf-8)?|audio\/\w+|application\/x-www-form-urlencoded(;charset=utf-8)?)$/;

/** What is wrong with the requests that were sent, if anything is. */
function findStrayRequests(
	cases: OperationCase[],
	parameter: IdParameter,
	ids: string[],
): string[] {
	const exchanges = cases.flatMap((tried) => tried.exchanges);
	const harmless = exchanges.flatMap((exchange) => {
		const segments = toPattern(exchange).exec(addressOf(exchange))?.slice(1) ?? [];
		return [...segments, ...Object.values(exchange.query ?? {}).flat()];
	});
	const allowedValues = new Set([...harmless, ...ids, ...ids.map((id) => id.trim())]);
	const allowedNames = new Set([
		...exchanges.flatMap(({ query = {} }) => Object.keys(query)),
		String(parameter.path.at(-1)),
	]);

	return recordedRequests().flatMap(({ method, url, query, headers }) => {
		const faults: string[] = [];
		const pattern = exchanges
			.filter((exchange) => exchange.method === method)
			.map(toPattern)
			.find((one) => one.test(url));
		const segments = pattern?.exec(url)?.slice(1).map(decodeURIComponent);
		if (segments === undefined) faults.push('leads elsewhere');
		for (const segment of segments ?? []) {
			if (!allowedValues.has(segment)) faults.push(`has the segment "${segment}"`);
		}
		for (const [name, value] of Object.entries(query)) {
			if (!allowedNames.has(name)) faults.push(`has the parameter "${name}"`);
			const stray = [value].flat().filter((one) => !allowedValues.has(one));
			if (stray.length > 0) faults.push(`has "${stray.join()}" as ${name}`);
		}
		for (const [name, value] of Object.entries(headers)) {
			const isExpected =
				name === 'content-type' ? CONTENT_TYPES.test(value) : HEADERS_OF_A_REQUEST.has(name);
			if (!isExpected) faults.push(`has the header "${name}: ${value}"`);
		}
		return faults.map((fault) => `${method} ${url.slice(0, 200)} ${fault}`);
	});
}

/** Everything that was sent, decoded. */
function sentTexts(): Set<string> {
	const texts = new Set<string>();
	const collect = (value: unknown): void => {
		if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
		else texts.add(String(value));
	};
	for (const { url, query, body } of recordedRequests()) {
		new URL(url).pathname.split('/').map(decodeURIComponent).forEach(collect);
		collect(query);
		collect(body);
	}
	return texts;
}

test('IDs of all operations are found', () => {
	const found = OPERATIONS_WITH_IDS.flatMap(({ idParameters }) => idParameters);
	expect(found.length).toBeGreaterThan(80);
	// Whatever stands in a path must be among them.
	const withoutIds = OPERATIONS.filter(({ idParameters }) => idParameters.length === 0);
	const paths = withoutIds.flatMap(({ cases }) =>
		cases.flatMap(({ exchanges }) => exchanges.map((exchange) => exchange.documentedPath ?? '')),
	);
	expect(paths.filter((documented) => documented.includes('{'))).toEqual([]);
});

describe.each(OPERATIONS_WITH_IDS)('$name', ({ idParameters, cases }) => {
	const attempts = idParameters.flatMap((parameter) =>
		(parameter.modes?.filter((mode) => mode !== 'list') ?? [undefined]).map(
			(mode) => [[...parameter.path, mode].join(' '), parameter, mode] as const,
		),
	);

	test.each(attempts)('goes nowhere else, whatever is in %s', async (_name, parameter, mode) => {
		for (const operationCase of cases) {
			answerAnything(operationCase);
			const sentBefore = recordedRequests().length;
			const run = await runWithIds(operationCase, parameter, mode, ALL_IDS);
			const isPathParameter = recordedRequests()
				.slice(sentBefore)
				.some(({ url }) => url.includes(encodeURIComponent(HOSTILE_IDS[0])));

			expect(findStrayRequests(cases, parameter, ALL_IDS)).toEqual([]);
			expect(run.error?.message).toBeUndefined();
			for (const { json } of run.output[1]) expect(json.error).toMatch(/^Could not /);
			if (!isPathParameter) continue;
			// As a segment, each is either sent as it is or refused with a reason.
			const sent = sentTexts();
			expect(HOSTILE_IDS.filter((id) => !sent.has(id.trim()))).toEqual([]);
			const refused = run.output[1].filter(({ json }) =>
				IMPOSSIBLE_IDS.includes(String(json.hostile)),
			);
			expect(refused).toHaveLength(IMPOSSIBLE_IDS.length);
		}
	});
});

test.each([[['..']], [{ toString: '..' }], [[['.']]], [null], [true], [7]])(
	'an ID that is no text leads nowhere else: %j',
	async (id) => {
		const recordingGet = OPERATION_CASES.filter(
			({ resource, operation }) => resource === 'recording' && operation === 'get',
		);
		answerAnything(recordingGet[0]);
		await runWithIds(recordingGet[0], { path: ['recordingId'] }, undefined, [id]);
		const texts = ['7', 'true', '[object Object]'];
		expect(findStrayRequests(recordingGet, { path: ['recordingId'] }, texts)).toEqual([]);
	},
);

describe('a path', () => {
	test.each(HOSTILE_IDS)('holds an ID as one segment: %s', (id) => {
		const built = path`/v1/recordings/${id}/summaries`;
		const { pathname, search, hash, host } = new URL(built, 'https://api.siro.ai');
		expect({ search, hash, host }).toEqual({ search: '', hash: '', host: 'api.siro.ai' });
		const segments = pathname.split('/');
		expect(segments).toEqual(['', 'v1', 'recordings', expect.anything(), 'summaries']);
		expect(decodeURIComponent(segments[3])).toBe(id.trim());
		// Nothing but what may stand in a header and a request line.
		expect(built).toMatch(/^[\w!'()*.~%/-]+$/);
	});

	test.each(IMPOSSIBLE_IDS)('refuses %j', (id) => {
		expect(() => path`/v1/recordings/${id}`).toThrow(/^An ID is empty$|is not a valid ID$/);
	});
});
