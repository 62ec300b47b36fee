/**
 * The entries of a menu or collection in the order in which n8n wants them: by label, whatever the
 * case. Not `localeCompare`, whose first call loads a locale: 5 ms of n8n's start.
 */
export function alphabetical<Entry extends { name: string; displayName?: string }>(
	entries: Entry[],
): Entry[] {
	return [...entries].sort((one, other) => (label(one) < label(other) ? -1 : 1));
}

function label({ name, displayName = name }: { name: string; displayName?: string }): string {
	return displayName.toLowerCase();
}
