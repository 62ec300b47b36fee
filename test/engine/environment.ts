/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these when it is first imported or first used, so every module that imports it
// imports this one before. Without a folder of our own it would write to the developer's ~/.n8n.
const n8nUserFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-siro-unit-'));

process.env.N8N_USER_FOLDER = n8nUserFolder;
process.env.N8N_ENCRYPTION_KEY = 'unit-tests';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';

const removeFolder = () => rmSync(n8nUserFolder, { recursive: true, force: true });
// The bench uses the engine as well, without Jest.
if (typeof afterAll === 'function') afterAll(removeFolder);
else process.once('exit', removeFolder);
