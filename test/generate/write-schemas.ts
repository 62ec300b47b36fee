/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */

/* `npm run schemas`: writes what the operations give, by their cases, for n8n to show. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { repositoryFolder } from '../support/package/repository';
import { OPERATION_CASES } from '../operations';
import { TRIGGER_ITEM } from '../operations/trigger-item';
import { toItemSchema, toOutputSchema } from './output-schema';

/** n8n looks here for what a node gives, by its version, resource and operation. */
const SCHEMAS = path.join(repositoryFolder, 'nodes/Siro/__schema__');

async function main(): Promise<void> {
	rmSync(path.join(SCHEMAS, 'v1.0.0'), { recursive: true, force: true });
	for (const { value: resource, operations } of RESOURCES) {
		const tried = OPERATION_CASES.filter((one) => one.resource === resource);
		for (const { value: operation } of operations) {
			const cases = tried.filter((one) => one.operation === operation);
			const file = path.join(SCHEMAS, 'v1.0.0', resource, `${operation}.json`);
			await write(file, { ...toOutputSchema(cases), version: 1 });
		}
	}
	// Of the nodes without operations: the polling trigger, version 1, and the trigger, version 1.1.
	for (const file of ['v1.0.0.json', 'v1.1.0.json']) {
		await write(path.join(SCHEMAS, file), { ...toItemSchema([TRIGGER_ITEM]), version: 1 });
	}
}

async function write(file: string, schema: object): Promise<void> {
	const style = { ...(await resolveConfig(file)), filepath: file };
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, await format(JSON.stringify(schema), style));
}

void main();
