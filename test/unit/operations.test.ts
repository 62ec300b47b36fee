import type { INodeExecutionData } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { USER_AGENT } from '../../nodes/Siro/api/surfaces';
import { readFile, recordedRequests } from '../engine';
import {
	nameOf,
	OPERATION_CASES,
	type Exchange,
	type File,
	type OperationCase,
} from '../operations';
import { addressOf, expectRequest, runCase, SECRETS } from '../operations/run-case';

const AUTHORIZATIONS = {
	external: { authorization: `Bearer ${SECRETS.organization}` },
	platform: { 'x-siro-auth-token': SECRETS.user },
	storage: {},
};

const CLIENT_APP_AUTHORIZATIONS = {
	external: { authorization: `Bearer ${SECRETS.user}` },
	platform: { authorization: `Bearer ${SECRETS.user}`, 'x-siro-auth-token': SECRETS.user },
	storage: {},
};

function authorizationIn(headers: Record<string, string>) {
	return Object.fromEntries(
		Object.entries(headers).filter(
			([name]) => name in { authorization: 1, 'x-siro-auth-token': 1 },
		),
	);
}

test('every operation of the registry has a case', () => {
	const registered = RESOURCES.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}:${operation.value}`),
	);
	const tried = OPERATION_CASES.map(({ resource, operation }) => `${resource}:${operation}`);
	expect([...new Set(tried)].sort()).toEqual(registered.sort());
});

test('what needs an OAuth app says that a client app does, too', () => {
	const said = RESOURCES.flatMap(({ operations }) =>
		operations.flatMap(({ description = '' }) => /Needs an OAuth app.*/.exec(description) ?? []),
	);
	expect([...new Set(said)].sort()).toEqual([
		'Needs an OAuth app (scope Write) or a client app in the credential.',
		'Needs an OAuth app or a client app in the credential.',
	]);
});

describe.each(OPERATION_CASES.map((operationCase) => [nameOf(operationCase), operationCase]))(
	'%s',
	(_name, operationCase: OperationCase) => {
		const { exchanges, output, failure } = operationCase;

		test('sends exactly these requests and gives these items, paired', async () => {
			answerEveryRequest(operationCase);

			const run = await runCase(operationCase);

			expect(run.error?.message).toBeUndefined();
			expect(
				recordedRequests().map(({ method, url, query, body, headers }, index) => ({
					method,
					url,
					query,
					body,
					authorization: authorizationIn(headers),
					userAgent: headers['user-agent'],
					headers: pick(headers, exchanges[index]?.headers),
				})),
			).toEqual(exchanges.map(toExpectedRequest));
			expect(run.output[0].map(({ json }) => json)).toEqual(output);
			expect(run.output[0].map(({ pairedItem }) => pairedItem)).toEqual(
				output.map((_, index) => toPairing(operationCase.pairedWith?.[index] ?? 0)),
			);
			expect(await Promise.all(run.output[0].map(filesOf))).toEqual(
				output.map((_, index) => operationCase.files?.[index] ?? {}),
			);
			for (const secret of Object.values(SECRETS)) expect(run.stored).not.toContain(secret);
		});

		test('works with a client app', async () => {
			answerEveryRequest(operationCase);

			const run = await runCase({ ...operationCase, credential: 'clientApp' });

			expect(run.error?.message).toBeUndefined();
			expect(recordedRequests().map(({ headers }) => authorizationIn(headers))).toEqual(
				exchanges.map(({ surface = 'external' }) => CLIENT_APP_AUTHORIZATIONS[surface]),
			);
			expect(run.output[0].map(({ json }) => json)).toEqual(output);
			for (const secret of Object.values(SECRETS)) expect(run.stored).not.toContain(secret);
		});

		test('says in plain words what went wrong', async () => {
			failEveryRequest(operationCase);

			const run = await runCase(withWrongInput(operationCase));

			expect(run.error?.message).toMatch(failure.message);
			expect(run.error?.description).toBeTruthy();
			expect(run.error).toHaveProperty('context.itemIndex', 0);
			for (const secret of Object.values(SECRETS)) expect(run.stored).not.toContain(secret);
		});

		test('sends a failed item to the error output', async () => {
			failEveryRequest(operationCase);

			const run = await runCase(withWrongInput(operationCase), {
				continueOnFail: 'continueErrorOutput',
			});

			const inputs = operationCase.input?.length ?? 1;
			expect(run.error).toBeUndefined();
			expect(run.output[0]).toEqual([]);
			expect(run.output[1]).toHaveLength(inputs);
			expect(run.output[1].map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: inputs }, (_, item) => ({ item })),
			);
			expect(run.output[1][0].json).toMatchObject({
				...operationCase.input?.[0].json,
				error: expect.stringMatching(/^Could not /) as string,
				details: expect.any(String) as string,
			});
		});
	},
);

function toPairing(items: number | number[]) {
	return Array.isArray(items) ? items.map((item) => ({ item })) : { item: items };
}

function withWrongInput(operationCase: OperationCase): OperationCase {
	const { parameters, failure } = operationCase;
	return { ...operationCase, parameters: { ...parameters, ...failure.parameters } };
}

function answerEveryRequest({ exchanges }: OperationCase): void {
	for (const exchange of exchanges) {
		const { status = 200, answer, answerHeaders } = exchange;
		expectRequest(exchange).reply(status, answer as object, answerHeaders);
	}
}

/** Several items may ask several times; what counts is that Siro always says no. */
function failEveryRequest({ exchanges: [first], failure }: OperationCase): void {
	if (failure.parameters) return;
	expectRequest(first)
		.reply(failure.status, failure.answer as object)
		.persist();
}

function toExpectedRequest(exchange: Exchange) {
	const { surface = 'external', method, query = {}, body, headers = {} } = exchange;
	return {
		method,
		url: addressOf(exchange),
		query,
		body,
		authorization: AUTHORIZATIONS[surface],
		userAgent: USER_AGENT,
		headers,
	};
}

function pick(headers: Record<string, string>, wanted: Record<string, string> = {}) {
	return Object.fromEntries(Object.keys(wanted).map((name) => [name, headers[name]]));
}

async function filesOf({ binary = {} }: INodeExecutionData): Promise<Record<string, File>> {
	const files = Object.entries(binary).map(async ([field, file]) => {
		const { fileName = '', mimeType } = file;
		return [field, { fileName, mimeType, content: String(await readFile(file)) }] as const;
	});
	return Object.fromEntries(await Promise.all(files));
}
