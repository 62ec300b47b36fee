/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests read of an OpenAPI 3.0 document. */
export interface OfficialDocument {
	paths: Record<string, Record<string, OfficialOperation>>;
	components?: object;
}

export interface OfficialOperation {
	parameters?: OfficialParameter[];
	requestBody?: OfficialContent & { required?: boolean };
	responses?: Record<string, OfficialContent>;
}

export interface OfficialParameter {
	$ref?: string;
	name: string;
	in: string;
	required?: boolean;
	schema?: OfficialSchema;
}

interface OfficialContent {
	$ref?: string;
	content?: Record<string, { schema?: OfficialSchema }>;
}

/** A schema of OpenAPI 3.0, which is nearly one of JSON Schema. */
export type OfficialSchema = Record<string, unknown>;

/** Siro's published documents lie beside the repository and are not part of it. */
const FOLDER = join(__dirname, '../../../../shared/siro-api');
const FILES = {
	external: join(FOLDER, 'external-api.openapi.json'),
	platform: join(FOLDER, 'platform-api.openapi.json'),
};

/** Both documents, or nothing and a line that says so. */
export function readOfficialDocuments():
	{ external: OfficialDocument; platform: OfficialDocument } | undefined {
	if (!Object.values(FILES).every((file) => existsSync(file))) {
		process.stderr.write(`official Siro documents not found in ${FOLDER}: comparison skipped\n`);
		return undefined;
	}
	const read = (file: string): OfficialDocument => JSON.parse(readFileSync(file, 'utf8'));
	return { external: read(FILES.external), platform: read(FILES.platform) };
}

/** Follows a `$ref` within its document. */
export function resolveReference<Node extends { $ref?: unknown }>(
	document: OfficialDocument,
	node: Node,
): Node {
	if (typeof node.$ref !== 'string') return node;
	return node.$ref
		.slice('#/'.length)
		.split('/')
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
		.reduce((place, part) => Reflect.get(place, part), Object(document));
}

/** The schema of a JSON body, if there is one. */
export function jsonSchemaOf(
	document: OfficialDocument,
	content: OfficialContent | undefined,
): OfficialSchema | undefined {
	return content && resolveReference(document, content).content?.['application/json']?.schema;
}
