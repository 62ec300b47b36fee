import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { path } from '../../nodes/Siro/api/path';
import type { Operation } from '../../nodes/Siro/runner/operation';
import { recordedRequests, type NodeRun } from '../engine';
import { HOSTILE_IDS, IMPOSSIBLE_IDS } from './injection/hostile-values';
import { OPERATION_CASES, type OperationCase } from '../operations';
import { answerAnything, newCredential, toPattern } from '../operations/answer-anything';
import { parametersOf, put, textPlacesIn, type Place } from '../operations/parameters';
import { addressOf, runCase } from '../operations/run-case';

jest.setTimeout(60_000);

const ALL_IDS = [...HOSTILE_IDS, ...IMPOSSIBLE_IDS];

const casesOf = (resource: string, operation: string) =>
	OPERATION_CASES.filter((tried) => tried.resource === resource && tried.operation === operation);

/** The parameters that take an ID. */
const idParametersOf = (operation: Operation) =>
	parametersOf(operation).filter(
		({ definition: { type, name } }) =>
			type === 'resourceLocator' || (type === 'string' && /(^|[a-z])ids?$/i.test(name)),
	);

const OPERATIONS = RESOURCES.flatMap(({ value: resource, operations }) =>
	operations.map((operation) => ({
		name: `${resource}:${operation.value}`,
		idParameters: idParametersOf(operation),
		cases: casesOf(resource, operation.value),
	})),
);

const OPERATIONS_WITH_IDS = OPERATIONS.filter(({ idParameters }) => idParameters.length > 0);

/** Runs a case once for each ID, side by side, as an expression gives them. */
async function runWithIds(
	operationCase: OperationCase,
	place: Place,
	mode: string | undefined,
	ids: unknown[],
): Promise<NodeRun> {
	const [first] = operationCase.input ?? [{ json: {} }];
	const input = ids.map((id) => ({ ...first, json: { ...first.json, hostile: id } }));
	const value = '={{ $json.hostile }}';
	const given = mode === undefined ? value : { __rl: true, mode, value };
	const parameters = put(operationCase.parameters, place, given);
	return await runCase(
		{
			...operationCase,
			parameters: withOneAttempt(parameters),
			input: input as INodeExecutionData[],
		},
		{ continueOnFail: 'continueErrorOutput', credential: newCredential(operationCase.credential) },
	);
}

const withOneAttempt = (parameters: INodeParameters): INodeParameters =>
	put(parameters, ['options', 'maxAttempts'], 1);

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
	place: Place,
	ids: string[],
	sentBefore = 0,
): string[] {
	const exchanges = cases.flatMap((tried) => tried.exchanges);
	const harmless = exchanges.flatMap((exchange) => {
		const segments = toPattern(exchange).exec(addressOf(exchange))?.slice(1) ?? [];
		const values = Object.values(exchange.query ?? {}).flat();
		return [
			...segments.map(decodeURIComponent),
			...values.flatMap((value) => [value, ...value.split(',')]),
		];
	});
	const allowedValues = new Set(
		// A text for several values has one per line, or between commas.
		[
			...harmless,
			...ids,
			...ids.flatMap((id) => [id, ...id.split(/[,\n]/)]).map((id) => id.trim()),
		].map((id) => id.replace(/\p{Surrogate}/gu, '\ufffd')),
	);
	const allowedNames = new Set([
		...exchanges.flatMap(({ query = {} }) => Object.keys(query)),
		String(place.at(-1)),
	]);

	const sent = recordedRequests().slice(sentBefore);
	return sent.flatMap(({ method, url, query, headers }) => {
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
			// Some lists are one text, with commas.
			const parts = [value].flat().flatMap((one) => (allowedValues.has(one) ? [] : one.split(',')));
			const stray = parts.filter((part) => !allowedValues.has(part) && !/^\d+$/.test(part));
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
	const attempts = idParameters.flatMap(({ place, definition }) =>
		(definition.modes?.filter(({ name }) => name !== 'list') ?? [undefined]).map(
			(mode) =>
				[
					[...place, mode?.name].join(' '),
					place,
					mode?.name,
					definition.required === true,
					definition.modes?.some(({ name }) => name === 'url') === true,
				] as const,
		),
	);

	test.each(attempts)(
		'goes nowhere else, whatever is in %s',
		async (_name, place, mode, required, takesAddresses) => {
			// What stands in a collection goes the same way in each case.
			const tried = place.length > 1 ? cases.slice(0, 1) : cases;
			for (const operationCase of tried) {
				answerAnything(operationCase);
				const sentBefore = recordedRequests().length;
				const run = await runWithIds(operationCase, place, mode, ALL_IDS);
				const isPathParameter = recordedRequests()
					.slice(sentBefore)
					.some(({ url }) => url.includes(encodeURIComponent(HOSTILE_IDS[0])));

				expect(findStrayRequests(cases, place, ALL_IDS)).toEqual([]);
				expect(run.error?.message).toBeUndefined();
				for (const { json } of run.output[1]) expect(json.error).toMatch(/^Could not /);
				if (!isPathParameter) continue;
				// As a segment, each is either sent as it is or refused with a reason.
				const sent = sentTexts();
				const addresses = takesAddresses
					? HOSTILE_IDS.filter((id) => /^(https?:)?\/\//.test(id))
					: [];
				const unsent = HOSTILE_IDS.filter((id) => !sent.has(id.trim()));
				expect(unsent).toEqual(addresses);
				const impossible = [
					...IMPOSSIBLE_IDS.filter((id) => required || id.trim() !== ''),
					...addresses,
				];
				const refused = run.output[1].filter(({ json }) =>
					impossible.includes(String(json.hostile)),
				);
				expect(refused).toHaveLength(impossible.length);
			}
		},
	);
});

/** Parameters that take other texts than IDs go into queries and bodies, never into an address. */
test.each(OPERATIONS)(
	'$name adds no header and leads nowhere else, whatever its texts are',
	async ({ cases }) => {
		const texts = [
			'a\r\nX-Injected: yes',
			'../users',
			'a&b=c',
			'a?x=y#z',
			'a\0b',
			'\ud800',
			'=1+1',
		];
		for (const operationCase of cases) {
			answerAnything(operationCase);
			for (const place of textPlacesIn(operationCase.parameters)) {
				const sentBefore = recordedRequests().length;
				await runWithIds(operationCase, place, undefined, texts);
				expect([place, findStrayRequests(cases, place, texts, sentBefore)]).toEqual([place, []]);
			}
		}
	},
);

test.each(casesOf('recording', 'createDeepLink').map((tried) => [tried.title, tried]))(
	'a deep link stays the same but for the hostile text: %s',
	async (_title, operationCase) => {
		const [{ url: harmless }] = (await runCase(operationCase)).output[0].map(({ json }) => json);
		const shape = (link: unknown) => {
			const { protocol, host, pathname, searchParams, hash } = new URL(String(link));
			return { protocol, host, pathname, hash, names: [...searchParams.keys()] };
		};
		const places = textPlacesIn(operationCase.parameters).filter(
			([name]) => !['linkFormat', 'linkAction'].includes(String(name)),
		);
		for (const place of places) {
			const { output } = await runWithIds(operationCase, place, undefined, HOSTILE_IDS);
			for (const { json } of output[0]) {
				expect([place, shape(json.url)]).toEqual([place, shape(harmless)]);
				expect(json.url).toMatch(/^[\w!'()*.~%:/?=&-]+$/);
			}
		}
	},
);

test.each([[['..']], [{ toString: '..' }], [[['.']]], [null], [true], [7]])(
	'an ID that is no text leads nowhere else: %j',
	async (id) => {
		const recordingGet = casesOf('recording', 'get');
		answerAnything(recordingGet[0]);
		await runWithIds(recordingGet[0], ['recordingId'], undefined, [id]);
		const texts = ['7', 'true', '[object Object]'];
		expect(findStrayRequests(recordingGet, ['recordingId'], texts)).toEqual([]);
	},
);

const [accountGet] = casesOf('account', 'get');

describe('a base URL in the credential', () => {
	const [followupGetAll] = casesOf('followup', 'getAll');
	const runWith = async (operationCase: OperationCase, data: object) => {
		answerAnything(operationCase);
		const credential = newCredential(operationCase.credential);
		credential.save({ ...credential.data, ...data });
		return await runCase(
			{ ...operationCase, parameters: withOneAttempt(operationCase.parameters) },
			{ credential },
		);
	};
	const addresses = () => recordedRequests().map(({ url }) => url);

	test.each([
		['with slashes behind it', 'https://functions.siro.ai/api-externalApi//'],
		['with white space around it', ' https://functions.siro.ai/api-externalApi\n'],
		['in other letters, with the usual port', 'HTTPS://FUNCTIONS.SIRO.AI:443/api-externalApi'],
		['that is empty', ''],
	])('is used as it is meant: %s', async (_name, externalApiUrl) => {
		const run = await runWith(accountGet, { externalApiUrl });
		expect(run.error?.message).toBeUndefined();
		expect(addresses()).toEqual([addressOf(accountGet.exchanges[0])]);
	});

	test('may have another path', async () => {
		const run = await runWith(accountGet, { externalApiUrl: 'https://functions.siro.ai/a/b/' });
		expect(run.error?.message).toMatch(/Siro has no account/);
		expect(addresses()).toEqual([`https://functions.siro.ai/a/b${accountGet.exchanges[0].path}`]);
	});

	const UNUSABLE = [
		'https://user:password@functions.siro.ai/api-externalApi',
		'https://user@functions.siro.ai',
		'https://functions.siro.ai?x=',
		'https://functions.siro.ai/#',
		'functions.siro.ai',
		'//functions.siro.ai',
		'ftp://functions.siro.ai',
		'file:///etc/passwd',
		'data:application/json,{}',
		'javascript:alert(1)',
		'https://functions.siro.ai\r\nX-Injected: yes',
		'https://',
		'none',
	];

	test.each(UNUSABLE)('is refused, and nothing is sent: %j', async (externalApiUrl) => {
		const { error, stored } = await runWith(accountGet, { externalApiUrl });
		expect(error?.message).toBe(
			'Could not get an account: the External API URL in the Siro credential cannot be used',
		);
		expect(addresses()).toEqual([]);
		expect(stored).not.toContain('password@');
	});

	test.each(UNUSABLE)('of users is refused, and nothing is sent: %j', async (platformApiUrl) => {
		const { error } = await runWith(followupGetAll, { platformApiUrl });
		expect(error?.message).toMatch(/the Platform API URL in the Siro credential cannot be used$/);
		expect(addresses()).toEqual([]);
	});
});

test.each(['a\r\nX-Injected: yes', 'a\nX-Injected: yes', 'a\0b', 'a\tb', 'é😀'])(
	'a token of the credential adds no header: %j',
	async (token) => {
		answerAnything(accountGet);
		const credential = newCredential('organization');
		credential.save({ ...credential.data, organizationToken: token });
		await runCase(
			{ ...accountGet, parameters: withOneAttempt(accountGet.parameters) },
			{ credential },
		);
		for (const { headers } of recordedRequests()) {
			expect(Object.keys(headers).filter((name) => !HEADERS_OF_A_REQUEST.has(name))).toEqual([]);
			expect(headers.authorization).toMatch(/^Bearer [\t\x20-\x7e\x80-\xff]+$/);
		}
	},
);

describe('a path', () => {
	test.each(HOSTILE_IDS)('holds an ID as one segment: %j', (id) => {
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
