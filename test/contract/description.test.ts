/**
 * Holds our description of Siro's APIs (`test/siro/*.openapi.yaml`) against Siro's own documents, which
 * lie beside the repository and are not part of it.
 */
import Ajv from 'ajv';

import { startSimulator } from '../siro';
import { Description, type Operation } from '../siro/openapi/description';
import { readOfficialDocuments, readOurDocument, type Document } from '../siro/openapi/document';
import type { Schema } from '../siro/openapi/json-schema';
import { openapi } from '../siro/openapi/library';
import { ourDescription } from '../siro/surface';

type Direction = 'request' | 'answer';

const official = readOfficialDocuments();
const describeIfAvailable = official ? describe : describe.skip;

describe.each(['external', 'platform'] as const)('our description of the %s API', (name) => {
	test('is a valid OpenAPI document', async () => {
		// The way over JSON copies what YAML's aliases share.
		const definition = JSON.parse(JSON.stringify(readOurDocument(name)));
		const backend = new openapi.OpenAPIBackend({ definition, strict: true });
		await backend.loadDocument();
		expect(() => backend.validateDefinition()).not.toThrow();
	});

	test('closes every request body', () => {
		for (const { id, body } of ourDescription(name).operations) {
			expect([id, openObjects(body?.schema ?? {})]).toEqual([id, []]);
		}
	});
});

describeIfAvailable.each(['external', 'platform'] as const)(
	'our description of the %s API, against the official one,',
	(name) => {
		const theirs = new Description(official?.[name] ?? { paths: {} });

		test.each(ourDescription(name).operations)('$method $path', (operation) => {
			expect(compareOperation(operation, theirs)).toEqual([]);
		});
	},
);

describe('the comparison itself', () => {
	const properties = (): Record<string, Schema> => ({
		name: { type: 'string' },
		kind: { type: 'string', enum: ['A', 'B'] },
		note: { type: 'string', nullable: true },
		at: { type: 'string', format: 'date-time' },
	});
	const same = (): Schema => ({ type: 'object', required: ['name'], properties: properties() });
	const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
	const document = (schema: Schema, parameters: object[] = [limit]): Document => {
		const content = { 'application/json': { schema } };
		const post = { parameters, requestBody: { content }, responses: { 200: { content } } };
		return JSON.parse(JSON.stringify({ paths: { '/things': { post } } }));
	};
	const compare = (schema: Schema, parameters?: object[], against = document(same())) => {
		const [operation] = new Description(document(schema, parameters)).operations;
		return compareOperation(operation, new Description(against));
	};

	test('is content with the same', () => {
		expect(compare(same())).toEqual([]);
	});

	test.each<[string, (properties: Record<string, Schema>, schema: Schema) => void]>([
		['a property that does not exist', (properties) => (properties.nam = { type: 'string' })],
		['another type', (properties) => (properties.name = { type: 'number' })],
		['another enum', (properties) => (properties.kind = { type: 'string', enum: ['A', 'C'] })],
		['a null that is not allowed', (properties) => (properties.name.nullable = true)],
		['a null that is missing', (properties) => (properties.note = { type: 'string' })],
		['a format that is not asked for', (properties) => (properties.name.format = 'uuid')],
		['a limit that is not there', (properties) => (properties.name.minLength = 1)],
		['a missing property', (properties) => delete properties.at],
		['too much required', (_, schema) => (schema.required = ['name', 'kind'])],
		['too little required', (_, schema) => (schema.required = [])],
	])('notices %s', (_, spoil) => {
		const schema = same();
		spoil(schema.properties ?? {}, schema);
		expect(compare(schema)).not.toEqual([]);
	});

	test('notices parameters that do not exist, that are missing or required, or differ', () => {
		expect(compare(same(), [{ ...limit, name: 'limits' }])).toEqual([
			'/query.limits: does not exist officially',
			'/query.limit: is missing in ours',
		]);
		expect(compare(same(), [{ ...limit, required: true }])).toHaveLength(1);
		expect(compare(same(), [{ ...limit, schema: { type: 'string' } }])).toHaveLength(1);
	});

	test('notices paths, methods, statuses and security that do not exist', () => {
		expect(compare(same(), [limit], { paths: {} })).toEqual(['does not exist officially']);
		const other = document(same());
		Object.assign(other.paths['/things'].post ?? {}, { responses: {}, security: [{ token: [] }] });
		expect(compare(same(), [limit], other)).toEqual([
			'security: none instead of token',
			'/200: is no official status',
		]);
	});
});

describeIfAvailable('the webhooks of the simulator', () => {
	test('carry the payload of the official document', async () => {
		const document: { webhooks: object; components: { schemas: Record<string, object> } } = Object(
			official?.webhooks,
		);
		const validate = new Ajv({ strict: false }).compile(
			document.components.schemas.RecordingEventWebhookPayload,
		);
		const simulator = await startSimulator();
		try {
			for (const recording of simulator.state.recordings.all()) {
				for (const event of [
					'integrations.recordingProcessed',
					'integrations.recordingLinked',
				] as const) {
					expect(document.webhooks).toHaveProperty([event]);
					validate(simulator.webhookPayload(recording, event));
					expect(validate.errors).toBeNull();
				}
			}
		} finally {
			await simulator.stop();
		}
	});
});

/** What our description of an operation says that the official one does not bear out. */
function compareOperation(our: Operation, theirs: Description): string[] {
	const their = theirs.find({ method: our.method, path: our.path, documentedPath: our.path });
	if (!their) return ['does not exist officially'];
	const [ourSecurity, theirSecurity] = [our, their].map(
		({ security }) => security.join() || 'none',
	);
	return [
		...(ourSecurity === theirSecurity
			? []
			: [`security: ${ourSecurity} instead of ${theirSecurity}`]),
		...compare(requestOf(our), requestOf(their), 'request', ''),
		...Object.entries(our.answers).flatMap(([status, contents]) =>
			their.answers[status]
				? compare(asObject(contents), asObject(their.answers[status]), 'answer', `/${status}`)
				: [`/${status}: is no official status`],
		),
	];
}

/** All that a request holds, as one object. */
function requestOf({ parameters, body }: Operation): Schema {
	const query = parameters.filter((one) => one.in === 'query' && !one.isImplied);
	const required = query.filter((parameter) => parameter.required).map(({ name }) => name);
	const fields = Object.fromEntries(query.map(({ name, schema }) => [name, schema]));
	return asObject({
		'/query': { ...asObject(fields), required },
		...(body && { '/body': { type: 'object', ...body.schema } }),
	});
}

const asObject = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties });

/** Compares two schemas; what is stricter in ours is fine in an answer, but not in a request. */
function compare(our: Schema, their: Schema, direction: Direction, place: string): string[] {
	if (saysNothing(their)) return [];
	const theirBranches = branchesOf(their);
	return [
		...compareNulls(our, their, direction).map((problem) => `${place}: ${problem}`),
		...branchesOf(our).flatMap((branch) => {
			const problems = theirBranches.map((other) => compareBranch(branch, other, direction, place));
			return problems.find(({ length }) => length === 0) ?? problems.flat();
		}),
	];
}

function compareBranch(our: Schema, their: Schema, direction: Direction, place: string): string[] {
	if (saysNothing(their)) return [];
	if (our.type !== their.type) return [`${place}: is ${our.type} instead of ${their.type}`];
	return [
		...compareEnums(our, their, direction).map((problem) => `${place}: ${problem}`),
		...(our.format && our.format !== their.format ? [`${place}: has another format`] : []),
		...(direction === 'request' ? compareLimits(our, their, place) : []),
		...(our.items && their.items ? compare(our.items, their.items, direction, `${place}[]`) : []),
		...(our.properties ? compareProperties(our, their, direction, place) : []),
	];
}

function compareNulls(our: Schema, their: Schema, direction: Direction): string[] {
	const isBeyond = branchesOf(our).some((branch) => branch['x-beyond-spec']);
	if (mayBeNull(our) && !mayBeNull(their) && !isBeyond) return ['may not be null'];
	return direction === 'request' && mayBeNull(their) && !mayBeNull(our) ? ['may be null'] : [];
}

function compareEnums(our: Schema, their: Schema, direction: Direction): string[] {
	const valuesOf = (schema: Schema) => schema.enum?.filter((value) => value !== null);
	const [mine, theirs] = [valuesOf(our), valuesOf(their)];
	if (!theirs) return [];
	if (!mine) return ['lacks the enum'];
	const missing = direction === 'request' ? without(theirs, mine) : [];
	return [
		...without(mine, theirs).map((value) => `${String(value)} is no official value`),
		...missing.map((value) => `the value ${String(value)} is missing in ours`),
	];
}

function compareLimits(our: Schema, their: Schema, place: string): string[] {
	return ['minimum', 'maximum', 'minLength', 'minItems', 'maxItems']
		.filter((limit) => our[limit] !== their[limit])
		.map(
			(limit) => `${place}: ${limit} is ${String(our[limit])} instead of ${String(their[limit])}`,
		);
}

function compareProperties(
	our: Schema,
	their: Schema,
	direction: Direction,
	place: string,
): string[] {
	const [mine, theirs] = [our.properties ?? {}, their.properties ?? {}];
	const [myRequired, theirRequired] = [our.required ?? [], their.required ?? []];
	const differing = [
		...without(myRequired, theirRequired),
		...without(theirRequired, myRequired),
	].filter((name) => name in mine && name in theirs);
	// A request that Siro would take must not be refused by the simulator.
	const missing = direction === 'request' ? without(Object.keys(theirs), Object.keys(mine)) : [];
	return [
		...Object.entries(mine).flatMap(([name, schema]) =>
			theirs[name]
				? compare(schema, theirs[name], direction, `${place}.${name}`.replace('./', '/'))
				: [`${place}.${name}: does not exist officially`],
		),
		...differing.map((name) => `${place}.${name}: differs in being required`),
		...missing.map((name) => `${place}.${name}: is missing in ours`),
	];
}

const without = <Value>(values: Value[], others: Value[]) =>
	values.filter((value) => !others.includes(value));

/** Officially some schemas say nothing at all, or nothing but that they may be null. */
const saysNothing = ({ type, anyOf, properties, enum: values }: Schema) =>
	!type && !anyOf && !properties && !values;

/** What a value may be, other than null. */
const branchesOf = (schema: Schema): Schema[] =>
	schema.anyOf?.filter(({ type }) => type !== 'null').flatMap(branchesOf) ?? [schema];

const mayBeNull = (schema: Schema): boolean =>
	schema.type === 'null' || saysNothing(schema) || (schema.anyOf?.some(mayBeNull) ?? false);

/** The places of a schema at which an unknown property would pass. */
function openObjects(schema: Schema, place = 'body'): string[] {
	const parts = [
		...Object.entries(schema.properties ?? {}),
		...(schema.anyOf ?? []).map((branch, index): [string, Schema] => [`|${index}`, branch]),
		...(schema.items ? [['[]', schema.items] satisfies [string, Schema]] : []),
	];
	return [
		...(schema.type === 'object' && schema.additionalProperties !== false ? [place] : []),
		...parts.flatMap(([name, part]) => openObjects(part, `${place}.${name}`)),
	];
}
