import type { RecordedRequest } from '../../siro';

const MINUTE_MS = 60_000;

/** The most requests that arrived within any 60 seconds. */
export function busiestMinute(requests: readonly RecordedRequest[]): number {
	const arrivals = requests.map(({ at }) => at.getTime()).sort((one, other) => one - other);
	let first = 0;
	let most = 0;
	arrivals.forEach((arrival, last) => {
		while (arrivals[first] <= arrival - MINUTE_MS) first++;
		most = Math.max(most, last - first + 1);
	});
	return most;
}
