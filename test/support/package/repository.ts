/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import path from 'node:path';

/** The folder of this repository. */
export const repositoryFolder = path.resolve(__dirname, '../../..');

/** The name under which n8n knows this package; the types of its nodes begin with it. */
export const packageName = 'n8n-nodes-siro';
