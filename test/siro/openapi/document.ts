/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type ApiName = 'external' | 'platform';

/** What the tests read of an OpenAPI 3.0 document. */
export interface Document {
	paths: Record<string, PathItem>;
	servers?: Array<{ url: string }>;
	security?: Security;
	components?: object;
}

export interface PathItem {
	parameters?: DocumentedParameter[];
	[method: string]: DocumentedOperation | DocumentedParameter[] | undefined;
}

export interface DocumentedOperation {
	operationId?: string;
	parameters?: DocumentedParameter[];
	requestBody?: DocumentedContent & { required?: boolean };
	responses?: Record<string, DocumentedContent>;
	security?: Security;
}

export interface DocumentedParameter {
	$ref?: string;
	name: string;
	in: string;
	required?: boolean;
	schema?: object;
}

export interface DocumentedContent {
	$ref?: string;
	content?: Record<string, { schema?: object }>;
}

export type Security = Array<Record<string, unknown>>;

/** Follows a `$ref` within its document. */
export function resolveReference<Node extends { $ref?: unknown }>(
	document: Document,
	node: Node,
): Node {
	if (typeof node.$ref !== 'string') return node;
	return node.$ref
		.slice('#/'.length)
		.split('/')
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
		.reduce((place, part) => Reflect.get(place, part), Object(document));
}

/** Our own description of one of Siro's APIs, with what both have in common. */
export function readOurDocument(name: ApiName): Document {
	const read = (file: string) =>
		parse(readFileSync(join(__dirname, `../${file}.openapi.yaml`), 'utf8'), { merge: true });
	const [own, common] = [read(name), read('common')];
	for (const [kind, definitions] of Object.entries(common.components)) {
		own.components[kind] = Object.assign({}, definitions, own.components[kind]);
	}
	return own;
}

/** Siro's published documents lie beside the repository and are not part of it. */
const OFFICIAL = join(__dirname, '../../../../shared/siro-api');
const OFFICIAL_FILES = ['external-api', 'platform-api', 'webhooks'].map((name) =>
	join(OFFICIAL, `${name}.openapi.json`),
);

/** All three of them, or nothing and a line that says so. */
export function readOfficialDocuments():
	(Record<ApiName, Document> & { webhooks: Document & { webhooks: object } }) | undefined {
	if (!OFFICIAL_FILES.every((file) => existsSync(file))) {
		process.stderr.write(`official Siro documents not found in ${OFFICIAL}: comparison skipped\n`);
		return undefined;
	}
	const [external, platform, webhooks] = OFFICIAL_FILES.map((file) =>
		JSON.parse(readFileSync(file, 'utf8')),
	);
	return { external, platform, webhooks };
}
