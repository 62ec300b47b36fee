import type { Figures, Sample } from './bench-case';

/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function medianValue({ samples }: Figures): number {
	return median(samples.map(({ value }) => value));
}

/** The median of something that not every sample needs to have. */
export function medianOf(
	{ samples }: Figures,
	name: Exclude<keyof Sample, 'value'>,
): number | undefined {
	const values = samples.map((sample) => sample[name]).filter((value) => value !== undefined);
	return values.length === 0 ? undefined : median(values);
}

/** The largest of something that not every sample needs to have; 0 if none has it. */
export function largest({ samples }: Figures, name: 'requests' | 'cpu'): number {
	return Math.max(0, ...samples.map((sample) => sample[name] ?? 0));
}
