/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { loadOutputSchema } from 'n8n-core';
import type { INodeType } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { Siro } from '../../nodes/Siro/Siro.node';
import { SiroPollingTrigger } from '../../nodes/Siro/SiroPollingTrigger.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import { OPERATION_CASES } from '../operations';
import { TRIGGER_ITEM } from '../operations/trigger-item';
import { SECRETS } from '../operations/run-case';

const NODE_FOLDER = join(__dirname, '../../nodes/Siro');
const SCHEMA_FOLDER = join(NODE_FOLDER, '__schema__/v1.0.0');

/** What a schema may consist of: it describes, and holds no values. */
const KEYWORDS = new Set(['items', 'nullable', 'properties', 'type', 'version']);

const OPERATIONS = RESOURCES.flatMap(({ value: resource, operations }) =>
	operations.map(({ value: operation }) => ({ resource, operation })),
);

const files = readdirSync(SCHEMA_FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.json'),
);

/** As n8n finds it, to show the fields of a node that has not run yet. */
const load = (node: INodeType, names: { resource?: string; operation?: string } = {}) =>
	loadOutputSchema({ nodeDir: NODE_FOLDER, version: newestVersion(node), ...names });

const newestVersion = ({ description: { version } }: INodeType): number =>
	Array.isArray(version) ? Math.max(...version) : version;

test('every operation has one, and nothing else does (`npm run schemas` writes them)', () => {
	expect(files.sort()).toEqual(
		OPERATIONS.map(({ resource, operation }) => join(resource, `${operation}.json`)).sort(),
	);
});

describe.each(OPERATIONS)('the schema of $resource:$operation', ({ resource, operation }) => {
	const schema = load(new Siro(), { resource, operation }) ?? {};

	test('is found by n8n and names fields', () => {
		expect(schema).toMatchObject({ type: 'object', version: 1 });
		expect(Object.keys(Object(schema.properties))).not.toEqual([]);
	});

	test('holds for every item that the cases give', () => {
		const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
		const cases = OPERATION_CASES.filter(
			(tried) => tried.resource === resource && tried.operation === operation,
		);
		for (const item of cases.flatMap(({ output }) => output)) {
			validate(item);
			expect(validate.errors).toBeNull();
		}
	});

	test('describes, and holds no value', () => {
		expect(keywordsIn(schema).filter((keyword) => !KEYWORDS.has(keyword))).toEqual([]);
	});
});

test.each([SiroTrigger, SiroPollingTrigger])('%p has one, for what it gives by default', (Node) => {
	const schema = load(new Node()) ?? {};
	expect(schema).toMatchObject({ type: 'object', version: 1 });
	expect(keywordsIn(schema).filter((keyword) => !KEYWORDS.has(keyword))).toEqual([]);

	const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
	validate(TRIGGER_ITEM);
	expect(validate.errors).toBeNull();
	expect(Object.keys(Object(Object(schema).properties))).toEqual(Object.keys(TRIGGER_ITEM));
});

test.each(files)('%s holds no secret', (file) => {
	const content = readFileSync(join(SCHEMA_FOLDER, file), 'utf8');

	expect(content).not.toMatch(/whsec_|Bearer |X-Goog-|https?:|[\w-]{40}/);
	for (const secret of Object.values(SECRETS)) expect(content).not.toContain(secret);
});

function keywordsIn(schema: object): string[] {
	return Object.entries(schema).flatMap(([keyword, value]) => {
		if (keyword === 'properties') return [keyword, ...Object.values(value).flatMap(inner)];
		return keyword === 'items' ? [keyword, ...inner(value)] : [keyword];
	});
}

function inner(schema: unknown): string[] {
	return keywordsIn(Object(schema));
}
