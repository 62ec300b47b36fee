/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import { operationsThatReach } from '../operations/reached';
import { describedBy } from '../siro/openapi/description';
import type { ApiName, Document } from '../siro/openapi/document';

const BASES = { external: 'functions.siro.ai/api-externalApi', platform: 'api.siro.ai' };
const OTHERS: Record<ApiName, Record<string, string>> = parse(
	readFileSync(path.join(__dirname, 'other-endpoints.yaml'), 'utf8'),
);
export const API_COVERAGE = path.join(__dirname, '../../docs/api-coverage.md');

/** The page with its tables: each endpoint of Siro's documents, and what reaches it. */
export function withApiCoverage(page: string, documents: Record<ApiName, Document>): string {
	const [intro] = page.split(/^## /m);
	const tables = (['external', 'platform'] as const).map((api) => {
		const rows = describedBy(documents[api]).operations.map(({ method, path }) => {
			const endpoint = `${method.toUpperCase()} ${path}`;
			const operations = operationsThatReach(api, endpoint).join(', ');
			return `| \`${endpoint}\` | ${operations || reasonFor(api, endpoint)} |`;
		});
		const heading = `## ${BASES[api]}: ${rows.length} endpoints\n`;
		return [heading, '| endpoint | reached by |', '|---|---|', ...rows].join('\n');
	});
	return `${intro}${tables.join('\n\n')}\n`;
}

/** By the longest beginning that fits, with or without the method. */
function reasonFor(api: ApiName, endpoint: string): string {
	const [, path] = endpoint.split(' ');
	const [[, reason] = []] = Object.entries(OTHERS[api])
		.filter(([beginning]) => endpoint.startsWith(beginning) || path.startsWith(beginning))
		.sort(([one], [other]) => other.length - one.length);
	if (reason === undefined) throw new Error(`other-endpoints.yaml says nothing of ${endpoint}`);
	return reason === 'custom' ? '[Custom API Call](../README.md#custom-api-call)' : `— ${reason}`;
}
