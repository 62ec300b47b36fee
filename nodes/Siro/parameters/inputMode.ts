import { jsonParse, UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import type { OperationItem } from '../runner/operation';
import { readFields } from '../runner/readValue';
import { isRecord } from '../values/values';

const INPUT_MODE: INodeProperties = {
	displayName: 'Input Mode',
	name: 'inputMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Fields', value: 'fields', description: 'Fill in each field' },
		{ name: 'JSON', value: 'json', description: 'Enter the whole record as one JSON object' },
	],
	default: 'fields',
	description: 'How to enter the record',
};

const JSON_INPUT: INodeProperties = {
	displayName: 'JSON',
	name: 'json',
	type: 'json',
	displayOptions: { show: { inputMode: ['json'] } },
	default: '{}',
	required: true,
	description: 'The record in the format of Siro’s API documentation, as a JSON object or as text',
};

/** The given fields, and beside them a way to give the whole record as JSON. */
export function fieldsOrJson(fields: INodeProperties[]): INodeProperties[] {
	return [
		INPUT_MODE,
		...fields.map((field) => ({ ...field, displayOptions: { show: { inputMode: ['fields'] } } })),
		JSON_INPUT,
	];
}

/**
 * The fields of a record in the way that the user chose: `fields` gives those of the menus, and
 * JSON is read by `definitions`. What JSON holds beyond these stays as it is.
 */
export function readFieldsOrJson(
	item: OperationItem,
	definitions: INodeProperties[],
	fields: (item: OperationItem) => IDataObject,
): IDataObject {
	if (item.parameter<string>('inputMode', 'fields') !== 'json') return fields(item);
	return readFields(definitions, readJson(item), { ...item.reading, keepsEmptyLists: true });
}

function readJson(item: OperationItem): IDataObject {
	const value = item.parameter<unknown>('json');
	const record = typeof value === 'string' ? parse(value) : value;
	if (Array.isArray(record)) {
		throw new UserError('JSON is a list, but each item takes one object', {
			description: 'Split the list into items first, for example with the Split Out node.',
		});
	}
	if (!isRecord(record)) {
		throw new UserError('JSON is not an object', {
			description: 'Enter one object: the record’s fields with their values, between { and }.',
		});
	}
	return record;
}

function parse(text: string): unknown {
	return jsonParse<unknown>(text, {
		errorMessage: 'JSON cannot be read: check quotes, commas and brackets',
	});
}
