/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The file of a program that is on the PATH. */
export function findProgram(name: string): string | undefined {
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
	return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
