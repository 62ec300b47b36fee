/**
 * The entries of a menu or collection in the order in which n8n wants them: by label, whatever the
 * case. Not `localeCompare`, whose first call loads a locale: 5 ms of n8n's start.
 */
export function alphabetical<Entry extends { name: string; displayName?: string }>(
	entries: Entry[],
): Entry[] {
	return entries
		.map((entry) => ({ entry, label: (entry.displayName ?? entry.name).toLowerCase() }))
		.sort((one, other) => (one.label < other.label ? -1 : 1))
		.map(({ entry }) => entry);
}
