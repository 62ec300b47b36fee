/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */

/** Prints the figures of a test, also where Jest is silent. */
export function report(test: string | undefined, figures: Record<string, unknown>): void {
	process.stderr.write(`${test}: ${JSON.stringify(figures)}\n`);
}
