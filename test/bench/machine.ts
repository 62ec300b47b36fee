/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the bench runs in Node, never inside n8n */
import { cpus, loadavg, totalmem } from 'node:os';

const GIGABYTE = 1024 ** 3;

/** What the figures depend on, in one line. */
export function describeMachine(): string {
	const [{ model }] = cpus();
	return [
		`${cpus().length} cores (${model.trim()})`,
		`${Math.round(totalmem() / GIGABYTE)} GB memory`,
		`${process.platform} ${process.arch}`,
		`Node ${process.versions.node}`,
	].join(', ');
}

/** How many programs wanted to run in the last minute: above 1 before the start, others disturb. */
export function currentLoad(): number {
	return Math.round(loadavg()[0] * 10) / 10;
}
