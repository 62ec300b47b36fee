/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { OPERATION_CASES } from '../operations';
import type { ApiName, Document } from '../siro/openapi/document';

const BASES = { external: 'functions.siro.ai/api-externalApi', platform: 'api.siro.ai' };

const OTHERS: Record<ApiName, Record<string, string>> = parse(
	readFileSync(path.join(__dirname, 'other-endpoints.yaml'), 'utf8'),
);

/** `docs/api-coverage.md`: each endpoint of Siro's documents, and what reaches it. */
export function apiCoverage(documents: Record<ApiName, Document>): string {
	const [intro] = readPage().split(/^## /m);
	const tables = (['external', 'platform'] as const).map((api) => {
		const rows = endpointsOf(documents[api]).map(
			(endpoint) => `| \`${endpoint}\` | ${reached(api, endpoint) || reasonFor(api, endpoint)} |`,
		);
		const head = `## ${BASES[api]}: ${rows.length} endpoints\n\n| endpoint | reached by |\n|---|---|`;
		return [head, ...rows].join('\n');
	});
	return `${intro}${tables.join('\n\n')}\n`;
}

/** The page as it lies in `docs/`; what stands before its tables is written by hand. */
export const readPage = () => readFileSync(API_COVERAGE, 'utf8');
export const API_COVERAGE = path.join(__dirname, '../../docs/api-coverage.md');

const endpointsOf = ({ paths }: Document): string[] =>
	Object.entries(paths).flatMap(([path, item]) =>
		['get', 'post', 'put', 'patch', 'delete']
			.filter((method) => method in item)
			.map((method) => `${method.toUpperCase()} ${path}`),
	);

/** The operations whose cases send such a request, as the menus call them. */
function reached(api: ApiName, endpoint: string): string {
	const labels = OPERATION_CASES.filter(({ exchanges }) =>
		exchanges.some(
			({ surface = 'external', method, path, documentedPath = path }) =>
				surface === api && `${method} ${documentedPath}` === endpoint,
		),
	).map(({ resource, operation }) => labelOf(resource, operation));
	return [...new Set(labels)].join(', ');
}

export function labelOf(resource: string, operation: string): string {
	const found = RESOURCES.find(({ value }) => value === resource);
	return `${found?.name}: ${found?.operations.find(({ value }) => value === operation)?.name}`;
}

function reasonFor(api: ApiName, endpoint: string): string {
	const reason = OTHERS[api][beginningOf(api, endpoint)];
	if (reason === undefined) throw new Error(`other-endpoints.yaml says nothing of ${endpoint}`);
	return reason === 'custom' ? '[Custom API Call](../README.md#custom-api-call)' : `— ${reason}`;
}

/** The longest beginning that fits, with or without the method. */
function beginningOf(api: ApiName, endpoint: string): string {
	const [, path] = endpoint.split(' ');
	const fitting = Object.keys(OTHERS[api]).filter((beginning) =>
		[endpoint, path].some((whole) => whole.startsWith(beginning)),
	);
	return fitting.sort((one, other) => other.length - one.length)[0];
}
