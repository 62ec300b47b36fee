/**
 * Name → value, for expressions such as `{{ $json.byName['Next Steps'] }}`. A name that occurs again
 * is numbered ("Next Steps (2)"), so that nothing is lost.
 */
export function byName<Value>(entries: Array<[name: string, value: Value]>): Record<string, Value> {
	const named: Record<string, Value> = {};
	for (const [name, value] of entries) {
		let key = name;
		for (let number = 2; Object.hasOwn(named, key); number++) key = `${name} (${number})`;
		named[key] = value;
	}
	return named;
}
