/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the bench runs in Node, never inside n8n */
import { readFile, writeFile } from 'node:fs/promises';

import type { N8nInstance } from '../n8n/instance';

/** `USER_HZ`, which is 100 on every Linux that n8n runs on. */
const TICKS_PER_SECOND = 100;
const UTIME_FIELD = 13;
const STIME_FIELD = 14;

/** In megabytes. */
export interface MemoryUse {
	/** The most that the operating system gave to n8n at once during the job. */
	peak: number;
	/** What n8n still held after the job and a garbage collection. */
	held: number;
}

/** The CPU time that n8n has used since its start, in milliseconds, of all its threads. */
export async function cpuTime(n8n: N8nInstance): Promise<number> {
	const stat = await readFile(`/proc/${processId(n8n)}/stat`, 'utf8');
	// The name of the program, in brackets, may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [utime, stime] = [UTIME_FIELD, STIME_FIELD].map((field) => Number(fields[field - 2]));
	return ((utime + stime) * 1000) / TICKS_PER_SECOND;
}

/** Does a job in an n8n, and tells what it took. */
export async function memoryOf(n8n: N8nInstance, job: () => Promise<unknown>): Promise<MemoryUse> {
	await n8n.memory();
	await forgetPeak(n8n);
	await job();
	const peak = await peakMemory(n8n);
	const { held } = await n8n.memory();
	return { peak, held };
}

/** From now on a new peak counts (proc(5), `clear_refs`). */
async function forgetPeak(n8n: N8nInstance): Promise<void> {
	await writeFile(`/proc/${processId(n8n)}/clear_refs`, '5');
}

async function peakMemory(n8n: N8nInstance): Promise<number> {
	const status = await readFile(`/proc/${processId(n8n)}/status`, 'utf8');
	return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
}

/** The process that n8n runs in. */
function processId(n8n: N8nInstance): number {
	if (n8n.processId === undefined) throw new Error('n8n does not run');
	return n8n.processId;
}
