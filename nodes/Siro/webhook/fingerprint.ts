/**
 * 64 bits of a text, as 14 letters and digits: the hash "cyrb53" (bryc, public domain)
 * without its last step, which drops 11 bits.
 *
 * It keeps what is remembered small, whatever Siro's IDs look like. Among 10,000 remembered
 * recordings a new one meets the fingerprint of another with a probability of 1 to 10^15. It is no
 * protection against someone who chooses the text, but only Siro can: deliveries are signed.
 */
export function fingerprint(text: string): string {
	let one = 0xdeadbeef;
	let other = 0x41c6ce57;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		one = Math.imul(one ^ unit, 2654435761);
		other = Math.imul(other ^ unit, 1597334677);
	}
	one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
	other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
	return [one, other].map((half) => (half >>> 0).toString(36).padStart(7, '0')).join('');
}
