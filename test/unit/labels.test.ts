/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
/** What n8n's guidelines ask of the words that people read, where its lint does not see them. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties } from 'n8n-workflow';
import * as ts from 'typescript';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { choicesOf } from '../../nodes/Siro/runner/definitions';
import { Siro } from '../../nodes/Siro/Siro.node';
import { SiroPollingTrigger } from '../../nodes/Siro/SiroPollingTrigger.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import { repositoryFolder } from '../support/package/repository';

const read = (file: string) => readFileSync(path.join(repositoryFolder, file), 'utf8');

const NODES = [new Siro(), new SiroTrigger(), new SiroPollingTrigger()];

interface Placed {
	place: string;
	definition: INodeProperties;
	/** The collection that it stands in. */
	within?: INodeProperties;
}

/** All parameters, also those inside collections. */
function everyIn(definitions: INodeProperties[], within?: INodeProperties, place = ''): Placed[] {
	return definitions.flatMap((definition) => {
		const here = `${place}${definition.name}`;
		const inner = (definition.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? [option] : [],
		);
		return [{ place: here, definition, within }, ...everyIn(inner, definition, `${here}.`)];
	});
}

const PARAMETERS = [
	...NODES.flatMap(({ description }) => everyIn(description.properties)),
	...everyIn(new SiroApi().properties),
];

const OPERATIONS = new Siro().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap((menu) => choicesOf(menu));

const namesOf = (faulty: Placed[]) => faulty.map(({ place }) => place);

test('there is something to look at', () => {
	expect(PARAMETERS.length).toBeGreaterThan(400);
	expect(OPERATIONS.length).toBeGreaterThan(60);
});

test('an action has no articles', () => {
	const actions = OPERATIONS.map(({ action }) => action);
	expect(actions).toContain('Get recording');
	expect(actions.filter((action) => /\b(?:a|an|the)\b/i.test(String(action)))).toEqual([]);
});

test('a sync is called by n8n’s word, with Siro’s behind it', () => {
	const syncs = OPERATIONS.filter(({ value }) => value === 'sync').map(({ name }) => name);
	expect(syncs).toHaveLength(3);
	expect(new Set(syncs)).toEqual(new Set(['Create or Update (Sync)']));
});

test('an example begins with "e.g."', () => {
	const texts = PARAMETERS.filter(
		({ definition: { type } }) => type !== 'collection' && type !== 'fixedCollection',
	).flatMap(({ place, definition: { placeholder, modes = [] } }) =>
		// A list shows no example.
		[{ placeholder }, ...modes.filter(({ type }) => type === 'string')].map((shown) => ({
			place,
			placeholder: shown.placeholder ?? '',
		})),
	);
	const examples = texts.filter(({ placeholder }) => placeholder !== '');
	expect(examples.length).toBeGreaterThan(20);
	expect(examples.filter(({ placeholder }) => !placeholder.startsWith('e.g. '))).toEqual([]);
});

test('sorting stands in a collection of its own, the last one', () => {
	const sorting = PARAMETERS.filter(({ definition: { name } }) => /^(?:sort|order)/i.test(name));
	const inside = sorting.filter(({ within }) => within !== undefined);
	expect(inside.length).toBeGreaterThan(3);
	expect(namesOf(inside.filter(({ within }) => within?.name !== 'sort'))).toEqual([]);
});

test('options are shown last, but for sorting', () => {
	const { properties } = new Siro().description;
	for (const { value: resource, operations } of RESOURCES) {
		for (const { value: operation } of operations) {
			const names = properties
				.filter(({ displayOptions: { show = {} } = {} }) =>
					Boolean(show.resource?.includes(resource) && show.operation?.includes(operation)),
				)
				.map(({ name }) => name);
			const below = names.slice(names.indexOf('options') + 1);
			expect(below).toEqual(names.includes('sort') ? ['sort'] : []);
		}
	}
});

test('no error says "problem"', () => {
	const texts = globSync('{nodes,credentials}/**/*.ts', { cwd: repositoryFolder }).flatMap(
		(file) => {
			const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
			const textsIn = (node: ts.Node): string[] => [
				...('text' in node && typeof node.text === 'string' ? [node.text] : []),
				...node.getChildren(source).flatMap(textsIn),
			];
			return textsIn(source).filter((text) => text !== source.text);
		},
	);
	expect(texts.length).toBeGreaterThan(5000);
	expect(texts.filter((text) => /\bproblems?\b/i.test(text))).toEqual([]);
});

test('what people search for leads to each node', () => {
	const nodes = globSync('nodes/Siro/*.node.json', { cwd: repositoryFolder });
	expect(nodes).toHaveLength(NODES.length);
	for (const file of nodes) {
		expect(JSON.parse(read(file)).alias).toEqual(
			expect.arrayContaining(
				'transcript summary deal meeting upsert call coaching scorecard'.split(' '),
			),
		);
	}
});

test('the documentation of the credential is the README’s part about it', () => {
	const { homepage } = JSON.parse(read('package.json'));
	expect(new SiroApi().documentationUrl).toBe(homepage.replace(/#.*/, '#credential'));
	expect(read('README.md')).toMatch(/^## Credential$/m);
});

test('the AI that builds workflows learns what to keep, to split and to enter', () => {
	const hintOf = (node: SiroTrigger | SiroPollingTrigger, parameter: string) =>
		node.description.properties.find(({ name }) => name === parameter)?.builderHint?.propertyHint;
	expect(hintOf(new SiroTrigger(), 'events')).toContain('both events');
	expect(hintOf(new SiroTrigger(), 'setupNotice')).toContain('signing secret of its own');
	for (const node of [new SiroTrigger(), new SiroPollingTrigger()]) {
		expect(hintOf(node, 'include')).toContain('Split Out');
	}
});
