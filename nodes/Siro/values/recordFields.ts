import type { IDataObject } from 'n8n-workflow';

import { pick } from './pick';
import { isBlank } from './values';

/** n8n's guidelines allow a simplified record no more. */
const MOST_SIMPLE_FIELDS = 10;

/** What a record of more than ten fields is made of. */
export interface RecordFields {
	/** The field that names the record; it is never left out. */
	id: string;
	/** The fields that people use, the most used first. Of what a record has of these, ten are given. */
	simple: string[];
	/** All others that Siro documents. */
	others: string[];
	/** A record with values that are easier to use, under the names in `simple`. Default: as it is. */
	toSimple?: (record: IDataObject) => IDataObject;
}

/**
 * The fields of a record that people use, ten at most: of more, what is blank is left out first, and
 * then the least used.
 */
export function simplify({ simple, toSimple }: RecordFields, record: IDataObject): IDataObject {
	const values = toSimple ? toSimple(record) : record;
	const present = simple.filter((name) => name in values);
	const dispensable = [
		...present.filter((name) => isBlank(values[name])),
		...present.filter((name) => !isBlank(values[name])).reverse(),
	];
	const excess = Math.max(0, present.length - MOST_SIMPLE_FIELDS);
	const leftOut = dispensable.slice(0, excess);
	return pick(
		values,
		present.filter((name) => !leftOut.includes(name)),
	);
}

/** The fields of a record that have these names, after its ID; simple values where there are such. */
export function select(fields: RecordFields, record: IDataObject, names: string[]): IDataObject {
	return pick({ ...record, ...fields.toSimple?.(record) }, [...new Set([fields.id, ...names])]);
}
