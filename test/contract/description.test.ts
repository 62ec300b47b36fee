/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
/**
 * Holds our description of Siro's APIs (`test/siro/*.openapi.yaml`) against Siro's own
 * documents, which lie beside the repository and are not part of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';

import { startSimulator } from '../siro';
import { OpenAPIBackend } from '../siro/openapi-backend';
import { readDescription } from '../siro/surface';

interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: unknown[];
	minimum?: number;
	maximum?: number;
	minLength?: number;
	minItems?: number;
	maxItems?: number;
	nullable?: boolean;
	properties?: Record<string, Schema>;
	additionalProperties?: boolean | Schema;
	required?: string[];
	items?: Schema;
	anyOf?: Schema[];
	'x-beyond-spec'?: string;
}

interface Content {
	content?: Record<string, { schema: Schema }>;
	$ref?: string;
}

interface Operation {
	parameters?: Parameter[];
	requestBody?: Content;
	responses: Record<string, Content>;
	security?: Array<Record<string, unknown>>;
}

interface Parameter {
	$ref?: string;
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}

interface Description {
	security?: Array<Record<string, unknown>>;
	paths: Record<string, PathItem>;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;
type Method = (typeof methods)[number];
type PathItem = Partial<Record<Method, Operation>> & { parameters?: Parameter[] };

type Direction = 'request' | 'response';

const officialFolder = join(__dirname, '../../../shared/siro-api');
const officialFiles = {
	external: join(officialFolder, 'external-api.openapi.json'),
	platform: join(officialFolder, 'platform-api.openapi.json'),
	webhooks: join(officialFolder, 'webhooks.openapi.json'),
};
const available = Object.values(officialFiles).every((file) => existsSync(file));
if (!available) {
	process.stderr.write(
		`official Siro documents not found: comparison with ${officialFolder} skipped\n`,
	);
}
const describeIfAvailable = available ? describe : describe.skip;

describe.each(['external', 'platform'] as const)('our description of the %s API', (name) => {
	test('is a valid OpenAPI document', async () => {
		const backend = new OpenAPIBackend({ definition: readDescription(name), strict: true });
		await backend.loadDocument();
		expect(() => backend.validateDefinition()).not.toThrow();
	});

	test('closes every request body', () => {
		const ours: Description = JSON.parse(JSON.stringify(readDescription(name)));
		for (const [path, method, { requestBody }] of operationsOf(ours)) {
			const schema = requestBody && resolve(ours, requestBody).content?.['application/json'].schema;
			if (schema) expect([method, path, openObjects(ours, schema)]).toEqual([method, path, []]);
		}
	});
});

describeIfAvailable.each(['external', 'platform'] as const)(
	'our description of the %s API, against the official one,',
	(name) => {
		const ours: Description = JSON.parse(JSON.stringify(readDescription(name)));
		const official: Description = available ? readJson(officialFiles[name]) : { paths: {} };

		test.each(operationsOf(ours).map(([path, method]) => ({ method, path })))(
			'$method $path',
			({ method, path }) => {
				expect(compareOperation(ours, official, path, method)).toEqual([]);
			},
		);
	},
);

describe('the comparison itself', () => {
	const document = (schema: Schema, parameters: Parameter[] = []): Description => ({
		paths: {
			'/things': {
				post: {
					parameters,
					requestBody: { content: { 'application/json': { schema } } },
					responses: { '200': { content: { 'application/json': { schema } } } },
				},
			},
		},
	});
	const official = document(
		{
			type: 'object',
			required: ['name'],
			properties: {
				name: { type: 'string' },
				kind: { type: 'string', enum: ['A', 'B'] },
				note: { type: 'string', nullable: true },
				at: { type: 'string', format: 'date-time' },
			},
		},
		[{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
	);
	const same = (): Schema => ({
		type: 'object',
		required: ['name'],
		properties: {
			name: { type: 'string' },
			kind: { type: 'string', enum: ['A', 'B'] },
			note: { type: 'string', nullable: true },
			at: { type: 'string', format: 'date-time' },
		},
	});
	const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
	const compare = (schema: Schema, parameters: Parameter[] = [limit]) =>
		compareOperation(document(schema, parameters), official, '/things', 'post');

	test('is content with the same', () => {
		expect(compare(same())).toEqual([]);
	});

	test.each<[string, (properties: Record<string, Schema>, schema: Schema) => void]>([
		['a property that does not exist', (properties) => (properties.nam = { type: 'string' })],
		['another type', (properties) => (properties.name = { type: 'number' })],
		['another enum', (properties) => (properties.kind = { type: 'string', enum: ['A', 'C'] })],
		['a null that is not allowed', (properties) => (properties.name.nullable = true)],
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

	test('notices parameters that do not exist, and those that are missing', () => {
		expect(compare(same(), [{ ...limit, name: 'limits' }])).toEqual([
			'query limits: does not exist officially',
			'query limit: is missing in ours',
		]);
	});

	test('notices paths and methods that do not exist', () => {
		const ours = document(same(), [limit]);
		expect(compareOperation(ours, { paths: {} }, '/things', 'post')).toEqual([
			'does not exist officially',
		]);
	});
});

describeIfAvailable('the webhooks of the simulator', () => {
	test('carry the payload of the official document', async () => {
		const document = readJson(officialFiles.webhooks);
		const validate = new Ajv({ strict: false }).compile(
			document.components.schemas.RecordingEventWebhookPayload,
		);
		const simulator = await startSimulator();
		try {
			for (const recording of simulator.recordings) {
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
function compareOperation(
	ours: Description,
	official: Description,
	path: string,
	method: Method,
): string[] {
	const our = ours.paths[path]?.[method];
	const their = official.paths[path]?.[method];
	if (!our || !their) return ['does not exist officially'];
	return [
		...compareSecurity(our.security ?? ours.security, their.security),
		...compareParameters(ours, official, path, method),
		...compareContent(ours, official, our.requestBody, their.requestBody, 'request'),
		...Object.entries(our.responses).flatMap(([status, response]) =>
			their.responses[status]
				? compareContent(ours, official, response, their.responses[status], 'response').map(
						(problem) => `${status} ${problem}`,
					)
				: [`${status}: is no official status`],
		),
	];
}

function compareSecurity(our: Operation['security'], their: Operation['security']): string[] {
	const schemes = (security: Operation['security']) => (security ?? []).flatMap(Object.keys).join();
	return schemes(our) === schemes(their)
		? []
		: [`security: ${schemes(our)} instead of ${schemes(their)}`];
}

function compareParameters(
	ours: Description,
	official: Description,
	path: string,
	method: Method,
): string[] {
	const our = parametersOf(ours, path, method);
	const their = parametersOf(official, path, method);
	const same = (parameter: Parameter) => (other: Parameter) =>
		other.name === parameter.name && other.in === parameter.in;
	const known = our.flatMap((parameter) => {
		const place = `${parameter.in} ${parameter.name}`;
		const counterpart = their.find(same(parameter));
		if (!counterpart) {
			// Some official operations declare a part of their path only by its braces.
			const inPath = parameter.in === 'path' && path.includes(`{${parameter.name}}`);
			return inPath ? [] : [`${place}: does not exist officially`];
		}
		const required = Boolean(parameter.required) === Boolean(counterpart.required);
		return [
			...(required ? [] : [`${place}: differs in being required`]),
			...compareSchemas(ours, official, parameter.schema, counterpart.schema, 'request', place),
		];
	});
	const missing = their
		.filter((parameter) => !our.some(same(parameter)))
		.map((parameter) => `${parameter.in} ${parameter.name}: is missing in ours`);
	return [...known, ...missing];
}

function compareContent(
	ours: Description,
	official: Description,
	our: Content | undefined,
	their: Content | undefined,
	direction: Direction,
): string[] {
	if (!our && !their) return [];
	if (!our || !their) return [`${direction} body: only ${our ? 'ours' : 'theirs'} has one`];
	const ourContent = resolve(ours, our).content ?? {};
	const theirContent = resolve(official, their).content ?? {};
	return Object.entries(ourContent).flatMap(([type, { schema }]) =>
		theirContent[type]
			? compareSchemas(ours, official, schema, theirContent[type].schema, direction, 'body')
			: [`${direction} body: ${type} is no official type`],
	);
}

/** Compares two schemas; what is stricter in ours is fine in a response, but not in a request. */
function compareSchemas(
	ours: Description,
	official: Description,
	ourReference: Schema,
	theirReference: Schema,
	direction: Direction,
	place: string,
): string[] {
	const our = resolve(ours, ourReference);
	const their = resolve(official, theirReference);
	const deeper = (one: Schema, other: Schema, part: string) =>
		compareSchemas(ours, official, one, other, direction, `${place}${part}`);

	if (isAnything(their)) return [];
	if (our.anyOf) return our.anyOf.flatMap((branch, index) => deeper(branch, their, `|${index}`));
	if (their.anyOf) {
		const problems = their.anyOf.map((branch) => deeper(our, branch, ''));
		return problems.find(({ length }) => length === 0) ?? problems.flat();
	}
	if (our.type !== their.type) return [`${place}: is ${our.type} instead of ${their.type}`];
	return [
		...compareNulls(our, their, direction, place),
		...compareEnums(our, their, direction, place),
		...(our.format && our.format !== their.format ? [`${place}: has another format`] : []),
		...(direction === 'request' ? compareLimits(our, their, place) : []),
		...(our.items && their.items ? deeper(our.items, their.items, '[]') : []),
		...(our.properties ? compareProperties(our, their, direction, place, deeper) : []),
	];
}

function compareNulls(our: Schema, their: Schema, direction: Direction, place: string): string[] {
	if (our.nullable && !their.nullable && !our['x-beyond-spec'])
		return [`${place}: may not be null`];
	if (direction === 'request' && their.nullable && !our.nullable) return [`${place}: may be null`];
	return [];
}

function compareEnums(our: Schema, their: Schema, direction: Direction, place: string): string[] {
	const values = (schema: Schema) => schema.enum?.filter((value) => value !== null);
	const [mine, official] = [values(our), values(their)];
	if (!official) return [];
	if (!mine) return [`${place}: lacks the enum`];
	const invented = mine.filter((value) => !official.includes(value));
	const missing = direction === 'request' ? official.filter((value) => !mine.includes(value)) : [];
	return [
		...invented.map((value) => `${place}: ${value} is no official value`),
		...missing.map((value) => `${place}: the value ${value} is missing in ours`),
	];
}

function compareLimits(our: Schema, their: Schema, place: string): string[] {
	const limits = ['minimum', 'maximum', 'minLength', 'minItems', 'maxItems'] as const;
	return limits
		.filter((limit) => our[limit] !== their[limit])
		.map((limit) => `${place}: ${limit} is ${our[limit]} instead of ${their[limit]}`);
}

function compareProperties(
	our: Schema,
	their: Schema,
	direction: Direction,
	place: string,
	deeper: (one: Schema, other: Schema, part: string) => string[],
): string[] {
	const [mine, official] = [our.properties ?? {}, their.properties ?? {}];
	const requiredByOne = [
		...(our.required ?? []).filter((name) => !their.required?.includes(name)),
		...(their.required ?? []).filter((name) => !our.required?.includes(name)),
	];
	const missing = Object.keys(official).filter((name) => !(name in mine));
	return [
		...Object.entries(mine).flatMap(([name, schema]) =>
			official[name]
				? deeper(schema, official[name], `.${name}`)
				: [`${place}.${name}: does not exist officially`],
		),
		...requiredByOne.map((name) => `${place}.${name}: differs in being required`),
		// A request that Siro would take must not be refused by the simulator.
		...(direction === 'request' ? missing : []).map(
			(name) => `${place}.${name}: is missing in ours`,
		),
	];
}

/** Officially some schemas say nothing at all, or nothing but that they may be null. */
const isAnything = (schema: Schema) =>
	!schema.type && !schema.anyOf && !schema.properties && !schema.enum;

function parametersOf(description: Description, path: string, method: Method): Parameter[] {
	const shared = description.paths[path].parameters ?? [];
	const own = description.paths[path][method]?.parameters ?? [];
	return [...shared, ...own].map((parameter) => resolve(description, parameter));
}

function operationsOf(description: Description): Array<[string, Method, Operation]> {
	return Object.entries(description.paths).flatMap(([path, item]) =>
		methods.flatMap((method): Array<[string, Method, Operation]> => {
			const operation = item[method];
			return operation ? [[path, method, operation]] : [];
		}),
	);
}

/** The places of a schema at which an unknown property would pass. */
function openObjects(description: Description, reference: Schema, place = 'body'): string[] {
	const schema = resolve(description, reference);
	const parts: Array<[string, Schema]> = [
		...Object.entries(schema.properties ?? {}),
		...(schema.anyOf ?? []).map((branch, index): [string, Schema] => [`|${index}`, branch]),
		...(schema.items ? [['[]', schema.items] satisfies [string, Schema]] : []),
	];
	return [
		...(schema.type === 'object' && schema.additionalProperties !== false ? [place] : []),
		...parts.flatMap(([name, part]) => openObjects(description, part, `${place}.${name}`)),
	];
}

/** Follows a `$ref` within its document. */
function resolve<Node extends { $ref?: string }>(document: Description, node: Node): Node {
	if (!node.$ref) return node;
	const target = node.$ref
		.slice('#/'.length)
		.split('/')
		.map((part) => part.replace(/~1/g, '/'))
		.reduce((place: Record<string, unknown>, part) => Object(place[part]), Object(document));
	return Object(target);
}

function readJson(file: string) {
	return JSON.parse(readFileSync(file, 'utf8'));
}
