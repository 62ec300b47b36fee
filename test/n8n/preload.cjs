/*
 * Loaded into the n8n process before n8n itself.
 *
 * When the process that started it is gone, for whatever reason (SIGKILL, a crash, a closed
 * terminal), nothing may stay behind: neither n8n, nor the task runner that it started, nor its
 * throw-away folder. While it is there, it may ask how much memory n8n uses.
 */
const { rmSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const throwAwayFolder = process.env.N8N_USER_FOLDER;

process.once('disconnect', () => {
	try {
		rmSync(throwAwayFolder, { recursive: true, force: true });
	} finally {
		process.kill(-process.pid, 'SIGKILL');
	}
});

process.on('message', (message) => {
	if (message !== 'memory') return;
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')({ type: 'major', execution: 'sync', flavor: 'last-resort' });
	process.send(process.memoryUsage());
});
// The channel must not keep n8n from ending by itself.
process.channel?.unref();
