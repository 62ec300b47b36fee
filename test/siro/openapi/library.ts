/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { runInThisContext } from 'node:vm';
import type addFormatsOfAjv from 'ajv-formats';
import { buildSync } from 'esbuild';
import type { generateSync } from 'json-schema-faker';
import type { OpenAPIBackend, OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';

interface Library {
	OpenAPIBackend: typeof OpenAPIBackend;
	OpenAPIRouter: typeof OpenAPIRouter;
	OpenAPIValidator: typeof OpenAPIValidator;
	addFormats: typeof addFormatsOfAjv;
	/** Makes up a value that conforms to a JSON Schema. */
	generateSync: typeof generateSync;
}

/**
 * json-schema-faker, and a library that openapi-backend needs, come as ES modules only, which Jest loads
 * in no other way than with an experimental flag of Node's. So esbuild makes one script of it all first
 * (0.1 s).
 */
function loadLibrary(): Library {
	const [{ text }] = buildSync({
		stdin: {
			contents: `
				export { OpenAPIBackend, OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';
				export { default as addFormats } from 'ajv-formats';
				export { generateSync } from 'json-schema-faker';
			`,
			resolveDir: __dirname,
		},
		bundle: true,
		format: 'cjs',
		platform: 'node',
		write: false,
	}).outputFiles;
	const evaluate: (require: NodeJS.Require) => Library = runInThisContext(
		`(function (require) { const module = {};\n${text}\nreturn module.exports; })`,
		{ filename: 'openapi-backend.cjs' },
	);
	return evaluate(require);
}

export const openapi = loadLibrary();
