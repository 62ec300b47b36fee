/*
 * Runs one program for the tests. When the process that asked for it is gone, for whatever reason
 * (SIGKILL, a crash, a closed terminal), the program ends and its throw-away folder goes with it.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const patienceMilliseconds = 10_000;

const { command, commandArguments, folder, user, stopSignal } = JSON.parse(process.argv[2]);
const program = spawn(command, commandArguments, { cwd: folder, ...user, stdio: 'inherit' });

const stop = () => {
	program.kill(stopSignal);
	setTimeout(() => program.kill('SIGKILL'), patienceMilliseconds).unref();
};
process.on('disconnect', stop);
process.on('SIGTERM', stop);

const end = (exitCode) => {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.exit(exitCode);
};
program.once('error', (error) => {
	process.stderr.write(`${command} could not be started: ${error.message}\n`);
	end(1);
});
program.once('exit', (code) => end(code ?? 1));
