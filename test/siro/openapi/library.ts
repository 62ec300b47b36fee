/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { runInThisContext } from 'node:vm';
import type addFormatsOfAjv from 'ajv-formats';
import { buildSync } from 'esbuild';
import type { OpenAPIBackend, OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';

interface Library {
	OpenAPIBackend: typeof OpenAPIBackend;
	OpenAPIRouter: typeof OpenAPIRouter;
	OpenAPIValidator: typeof OpenAPIValidator;
	addFormats: typeof addFormatsOfAjv;
}

/**
 * openapi-backend needs a library that comes as an ES module only, which Jest loads in no other way
 * than with an experimental flag of Node's. So esbuild makes one script of it first (0.1 s).
 */
function loadLibrary(): Library {
	const [{ text }] = buildSync({
		stdin: {
			contents: `
				export { OpenAPIBackend, OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';
				export { default as addFormats } from 'ajv-formats';
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
