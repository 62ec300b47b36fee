import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { alphabetical } from '../values/alphabetical';
import { select, simplify, type RecordFields } from '../values/recordFields';
import type { OperationItem, OperationOutput } from './operation';
import { isTool } from './tool';

const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	displayOptions: { show: { '@tool': [false] } },
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const FIELDS_RETURNED: INodeProperties = {
	displayName: 'Output',
	name: 'fieldsReturned',
	type: 'options',
	displayOptions: { show: { '@tool': [true] } },
	options: [
		{ name: 'Raw', value: 'raw', description: 'All fields, as Siro has them' },
		{
			name: 'Selected Fields',
			value: 'selected',
			description: 'The ID, and the fields that you choose',
		},
		{ name: 'Simplified', value: 'simplified', description: 'The fields that people use most' },
	],
	default: 'simplified',
	description: 'How much of each record to give the AI agent',
};

/** One parameter for all operations that give the same records. */
const fieldMenus = new WeakMap<RecordFields, INodeProperties>();

/** With these, users choose how much of each record comes out. */
export function recordParameters(fields: RecordFields): INodeProperties[] {
	const menu = fieldMenus.get(fields) ?? toFieldMenu(fields);
	fieldMenus.set(fields, menu);
	return [SIMPLIFY, FIELDS_RETURNED, menu];
}

/** The records that an operation gives, with the fields that the user wants of each. */
export function toWantedFields(
	item: OperationItem,
	fields: RecordFields | undefined,
	output: OperationOutput,
): OperationOutput {
	if (fields === undefined) return output;
	const toWanted = readWanted(item, fields);
	return Array.isArray(output) ? output.map(toWanted) : toWanted(output as IDataObject);
}

/** Whether the user wants the simplified form of each record. */
export function wantsSimplified(item: OperationItem): boolean {
	return isTool(item.context)
		? item.parameter('fieldsReturned', 'simplified') === 'simplified'
		: item.parameter('simplify', true);
}

function readWanted(
	item: OperationItem,
	fields: RecordFields,
): (record: IDataObject) => IDataObject {
	if (wantsSimplified(item)) return (record) => simplify(fields, record);
	const isSelected =
		isTool(item.context) && item.parameter<string>('fieldsReturned', '') === 'selected';
	if (!isSelected) return (record) => record;
	const names = item.parameter<string[]>('fields', []);
	return (record) => select(fields, record, names);
}

function toFieldMenu({ simple, others }: RecordFields): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		displayOptions: { show: { '@tool': [true], fieldsReturned: ['selected'] } },
		options: alphabetical(
			[...simple, ...others].map((name) => ({ name: toLabel(name), value: name })),
		),
		default: [],
		description: 'The fields to give the AI agent, in addition to the ID',
	};
}

const SPELLINGS = new Map([
	['Id', 'ID'],
	['Ids', 'IDs'],
	['Crm', 'CRM'],
	['Uid', 'UID'],
	['Uids', 'UIDs'],
	['Url', 'URL'],
	['Followup', 'Follow-Up'],
	['Followups', 'Follow-Ups'],
]);

/** `crmCustomer` → "CRM Customer". */
function toLabel(name: string): string {
	const words = name
		.replace(/_/g, ' ')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.split(' ');
	return words
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.map((word) => SPELLINGS.get(word) ?? word)
		.join(' ');
}
