import type { INodeProperties } from 'n8n-workflow';

import type { ConnectionSettings } from '../api/connection';

const MILLISECONDS = 1000;

/** The options that every operation has. */
export const REQUEST_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Max Attempts',
		name: 'maxAttempts',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
		default: 5,
		description:
			'The maximum number of tries if Siro is busy or the connection fails. Requests that could do something twice are sent only once.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 60,
		description: 'How many seconds to wait for each response from Siro',
	},
	{
		displayName: 'Total Time',
		name: 'totalTime',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description: 'After how many seconds to give up, including all tries and file transfers',
	},
];

/** What the user set of `REQUEST_OPTIONS`, in seconds. */
interface RequestOptions {
	maxAttempts?: number;
	timeout?: number;
	totalTime?: number;
}

/** Reads what the user set of `REQUEST_OPTIONS` (seconds) into settings (milliseconds). */
export function toConnectionSettings(options: RequestOptions): Partial<ConnectionSettings> {
	const { maxAttempts, timeout, totalTime } = options;
	return {
		...(maxAttempts ? { maxAttempts } : {}),
		...(timeout ? { timeout: timeout * MILLISECONDS } : {}),
		...(totalTime ? { totalTime: totalTime * MILLISECONDS } : {}),
	};
}
