/*
 * Runs n8n's scanner on a folder and prints what it found as JSON. A program of its own, because
 * the scanner is an ES module with an ESLint of its own.
 *
 * Arguments: the scanner's installation, the folder, and `sources` or `package`.
 */
import { pathToFileURL } from 'node:url';

const [installation, folder, kind] = process.argv.slice(2);
const scanner = `${installation}/node_modules/@n8n/scan-community-package/scanner/scanner.mjs`;
const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(pathToFileURL(scanner).href);

// The same two sets of files as the scanner itself chooses for a published package.
const patterns = kind === 'sources' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const { message, details } = await analyzePackage(folder, patterns);
process.stdout.write(JSON.stringify({ message, details }));
