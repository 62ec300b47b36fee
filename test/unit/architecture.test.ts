/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as ts from 'typescript';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { repositoryFolder } from '../support/package/repository';

/** From the top to the bottom. What stands in one line knows nothing of one another. */
const LAYERS = [
	['nodes', 'credentials'],
	['actions', 'webhook', 'polling', 'methods'],
	['crm'],
	['parameters'],
	['runner', 'recordings'],
	['api'],
	['values'],
];

/** n8n's ways to send a request, and the browser's. */
const SENDS = /^(httpRequest|request(With|OAuth))|helpers\.request$|^fetch\($/;

const files = globSync('{credentials,nodes}/**/*.ts', { cwd: repositoryFolder }).sort();

const read = (file: string) => readFileSync(path.join(repositoryFolder, file), 'utf8');

/** For the version. */
const isManifest = (fileName: string) => fileName.endsWith('/package.json');

/** The modules of ours that each module imports, be it only for their types. */
const imports = new Map(
	files.map((file) => {
		const { importedFiles } = ts.preProcessFile(read(file), true, true);
		const ours = importedFiles.filter(
			({ fileName }) => fileName.startsWith('.') && !isManifest(fileName),
		);
		return [file, ours.map(({ fileName }) => resolve(file, fileName))];
	}),
);

function resolve(from: string, to: string): string {
	const target = path.join(path.dirname(from), to);
	const found = [`${target}.ts`, `${target}/index.ts`].find((file) => files.includes(file));
	return found ?? target;
}

function folderOf(file: string): string {
	const [top, , folder, module] = file.split('/');
	return module === undefined ? top : folder;
}

const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.includes(folderOf(file)));

function isAllowed(from: string, to: string): boolean {
	return folderOf(from) === folderOf(to) || layerOf(from) < layerOf(to);
}

/** Each circle once: `a.ts → b.ts → a.ts`. */
function findCircles(): string[] {
	const circles: string[] = [];
	const done = new Set<string>();
	const follow = (file: string, way: string[]) => {
		if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		else if (!done.has(file)) for (const to of imports.get(file) ?? []) follow(to, [...way, file]);
		done.add(file);
	};
	for (const file of files) follow(file, []);
	return circles;
}

function sendsRequests(file: string): boolean {
	const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest);
	const isOrHolds = (node: ts.Node): boolean =>
		(ts.isIdentifier(node) && SENDS.test(node.text)) ||
		(ts.isPropertyAccessExpression(node) && SENDS.test(node.getText(source))) ||
		(ts.isCallExpression(node) && SENDS.test(`${node.expression.getText(source)}(`)) ||
		(ts.forEachChild(node, isOrHolds) ?? false);
	return isOrHolds(source);
}

test('each module has its place in a layer', () => {
	expect(files.length).toBeGreaterThan(100);
	expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
});

test('modules import from layers below their own, or from their own folder', () => {
	const arrows = [...imports].flatMap(([from, targets]) => targets.map((to) => [from, to]));
	expect(arrows.length).toBeGreaterThan(files.length);
	const faults = arrows.filter(([from, to]) => !isAllowed(from, to));
	expect(faults.map((arrow) => arrow.join(' → '))).toEqual([]);
});

test('no modules import one another in a circle', () => {
	expect(findCircles()).toEqual([]);
});

test('actions/ holds the registry and a folder for each resource, and nothing else', () => {
	const expected = ['registry.ts', ...RESOURCES.map(({ value }) => value)];
	const entries = readdirSync(path.join(repositoryFolder, 'nodes/Siro/actions'));
	expect(entries.sort()).toEqual(expected.sort());
});

test('requests are sent by api/ only; the credential lends it what n8n gives to send with', () => {
	const senders = files.filter(sendsRequests);
	const elsewhere = senders.filter((file) => folderOf(file) !== 'api');
	expect(senders.length).toBeGreaterThan(elsewhere.length);
	expect(elsewhere).toEqual(['credentials/SiroApi.credentials.ts']);
});
