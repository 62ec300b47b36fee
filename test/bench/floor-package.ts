/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the bench runs in Node, never inside n8n */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';

const NAME = 'n8n-nodes-floor';

export const FLOOR_TRIGGER = `${NAME}.floorTrigger`;

/** Makes a community package of the floor trigger, lends its folder, and removes it again. */
export async function withFloorPackage<Result>(
	use: (folder: string) => Promise<Result>,
): Promise<Result> {
	const parent = await mkdtemp(path.join(tmpdir(), 'siro-floor-'));
	const folder = path.join(parent, NAME);
	try {
		await mkdir(folder);
		await build({
			entryPoints: [path.join(__dirname, 'floor-trigger.ts')],
			outfile: path.join(folder, 'FloorTrigger.node.js'),
			bundle: true,
			external: ['n8n-workflow'],
			format: 'cjs',
			platform: 'node',
		});
		const manifest = { name: NAME, version: '1.0.0', n8n: { nodes: ['FloorTrigger.node.js'] } };
		await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
		return await use(folder);
	} finally {
		await rm(parent, { recursive: true, force: true });
	}
}
