/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
const STEP = 100;

/** How often what is under way (an answer of nock, for example) gets its turn before time goes on. */
const TURNS = 50;

// Network traffic, faked or not, goes on in real time.
const REAL = ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime'] as const;

const nextTurn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

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
			for (let turn = 0; turn < TURNS; turn++) await nextTurn();
			await jest.advanceTimersByTimeAsync(STEP);
		}
		return { result: await running, elapsed: Date.now() - begin };
	} finally {
		jest.useRealTimers();
	}
}
