import type { IDataObject } from 'n8n-workflow';

/** The fields of a record that have these names, in their order; those that it lacks are left out. */
export function pick(record: IDataObject, names: string[]): IDataObject {
	return Object.fromEntries(
		names.filter((name) => name in record).map((name) => [name, record[name]]),
	);
}
