/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from './repository';

const nodePackage = path.join(repositoryFolder, 'node_modules', 'node');

/**
 * The Node 24 that `npm ci` brings. n8n needs it, while the machine (and so the process that
 * asks) may have an older one.
 */
export const nodeBinary = path.join(nodePackage, 'bin', 'node');

/** A PATH on which that Node comes first, for programs that look up `node` there. */
export function pathWithNode(): string {
	return [path.dirname(nodeBinary), process.env.PATH].filter(Boolean).join(path.delimiter);
}

/** The folder that holds that Node's C++ headers in `include/`, if its package has them. */
export function nodeHeadersFolder(): string | undefined {
	const folder = path.join(nodePackage, 'node_modules', `node-${process.platform}-${process.arch}`);
	return existsSync(path.join(folder, 'include')) ? folder : undefined;
}
