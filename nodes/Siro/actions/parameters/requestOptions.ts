import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { DEFAULT_SETTINGS, type ConnectionSettings } from '../../api/client';

const MILLISECONDS = 1000;

/** The options that every operation has. */
export const REQUEST_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Max Attempts',
		name: 'maxAttempts',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
		default: DEFAULT_SETTINGS.maxAttempts,
		description:
			'How often a request is sent at most when Siro is busy or the connection fails. Requests that must not be repeated are sent once.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_SETTINGS.timeout / MILLISECONDS,
		description: 'How many seconds to wait for each answer of Siro',
	},
	{
		displayName: 'Total Time',
		name: 'totalTime',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_SETTINGS.totalTime / MILLISECONDS,
		description: 'After how many seconds a request that keeps failing is given up',
	},
];

/** Reads the values of `REQUEST_OPTIONS` (seconds) into settings (milliseconds). */
export function toConnectionSettings(options: IDataObject): ConnectionSettings {
	return {
		maxAttempts: positive(options.maxAttempts) ?? DEFAULT_SETTINGS.maxAttempts,
		timeout: milliseconds(options.timeout) ?? DEFAULT_SETTINGS.timeout,
		totalTime: milliseconds(options.totalTime) ?? DEFAULT_SETTINGS.totalTime,
	};
}

function milliseconds(seconds: unknown): number | undefined {
	const value = positive(seconds);
	return value === undefined ? undefined : value * MILLISECONDS;
}

function positive(value: unknown): number | undefined {
	const number = Number(value);
	return Number.isFinite(number) && number > 0 ? number : undefined;
}
