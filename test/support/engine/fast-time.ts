/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
const STEP = 100;

// Network traffic, faked or not, goes on in real time.
const REAL = ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime'] as const;

export interface Waited<T> {
	result: T;
	/** How long it would have taken (milliseconds, in steps of 100). */
	elapsed: number;
}

/** Does something that waits, for retries or a rate limit, without waiting: the clock runs ahead. */
export async function inFastTime<T>(action: () => Promise<T>): Promise<Waited<T>> {
	jest.useFakeTimers({ doNotFake: [...REAL] });
	try {
		const begin = Date.now();
		let isRunning = true;
		const running = action().finally(() => {
			isRunning = false;
		});
		// Whether it fails is for the caller, who gets the promise below.
		running.catch(() => {});
		while (isRunning) {
			await new Promise((resolve) => setImmediate(resolve));
			await jest.advanceTimersByTimeAsync(STEP);
		}
		return { result: await running, elapsed: Date.now() - begin };
	} finally {
		jest.useRealTimers();
	}
}
