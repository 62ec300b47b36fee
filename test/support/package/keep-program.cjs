/*
 * Runs one program. When the process that asked for it is gone, for whatever reason (Ctrl-C, SIGKILL,
 * a crash, a closed terminal), the program ends, with all that it has started itself.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const patienceMilliseconds = 10_000;

const { command, commandArguments, user, stopSignal, throwAwayFolder } = JSON.parse(
	process.argv[2],
);
const program = spawn(command, commandArguments, { ...user, stdio: 'inherit' });
let isStopping = false;

const stop = () => {
	isStopping = true;
	program.kill(stopSignal);
	setTimeout(() => program.kill('SIGKILL'), patienceMilliseconds).unref();
};
process.on('disconnect', stop);
process.on('SIGTERM', stop);

const end = (exitCode) => {
	if (throwAwayFolder !== undefined) {
		rmSync(throwAwayFolder, { recursive: true, force: true, maxRetries: 5 });
	}
	if (isStopping) process.kill(-process.pid, 'SIGKILL');
	process.exit(exitCode);
};
program.once('error', (error) => {
	process.stderr.write(`${command} could not be started: ${error.message}\n`);
	end(1);
});
program.once('exit', (code) => end(code ?? 1));
