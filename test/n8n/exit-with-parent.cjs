/*
 * Loaded into the n8n process before n8n itself. When the process that started it is gone, for
 * whatever reason (SIGKILL, a crash, a closed terminal), nothing may stay behind: neither n8n,
 * nor the task runner that it started, nor its throw-away folder.
 */
const { rmSync } = require('node:fs');

const throwAwayFolder = process.env.THROW_AWAY_FOLDER;

process.once('disconnect', () => {
	try {
		if (throwAwayFolder) rmSync(throwAwayFolder, { recursive: true, force: true });
	} finally {
		process.kill(-process.pid, 'SIGKILL');
	}
});
// The channel is there to be lost; it must not keep n8n from ending by itself.
process.channel?.unref();
