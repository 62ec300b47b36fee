import { createHash } from 'node:crypto';

/**
 * 64 bits of a text's SHA-256, as 14 letters and digits. Node's own is faster than a hash written here
 * (1.8 µs instead of 2.1) and than the one that comes with svix (8.5 µs).
 *
 * It keeps what is remembered small, whatever Siro's IDs look like. Among 10,000 remembered
 * recordings a new one meets the fingerprint of another with a probability of 1 to 10^15.
 */
export function fingerprint(text: string): string {
	const start = createHash('sha256').update(text).digest().readBigUInt64BE();
	return start.toString(36).padStart(14, '0');
}
