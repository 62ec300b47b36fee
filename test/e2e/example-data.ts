/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFile } from 'node:fs/promises';

import type { INode } from 'n8n-workflow';

import type { N8nClient } from '../n8n/client';
import type { DataTable, DataTableColumn, DataTableRow } from '../n8n/data-tables';
import type { WorkflowDefinition } from '../n8n/workflows';
import type { Recording, Simulator } from '../siro';

/** Has Siro process a recording of the examples' appointment, with a summary and a value for the deal. */
export function processExampleRecording(siro: Simulator): Recording {
	const recording = siro.addRecording({ title: 'Smith kitchen' });
	siro.processRecording(recording.id, {
		summary: [{ name: 'Next Steps', content: 'Send a proposal.' }],
		extractions: [
			{
				name: 'Budget',
				value: '$40,000',
				mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
			},
		],
	});
	return recording;
}

/** The parameters of n8n's Data Table node that are used here. */
interface DataTableParameters {
	operation?: string;
	tableName?: string;
	dataTableId?: { value: string };
	columns?: { column: DataTableColumn[]; value: DataTableRow };
}

const parametersOf = ({ parameters }: INode) => parameters as DataTableParameters;

/**
 * Does by hand, in the data tables' own page, what the example "Set up the example tables" does: the
 * Data Table node of n8n 1 cannot make tables.
 */
export async function setUpTablesByHand(
	{ dataTables }: N8nClient,
	exampleFile: string,
): Promise<DataTable[]> {
	const { nodes } = JSON.parse(await readFile(exampleFile, 'utf8')) as WorkflowDefinition;
	const all = nodes.map(parametersOf);
	const tables: DataTable[] = [];
	for (const { operation, tableName = '', columns } of all) {
		if (operation !== 'create') continue;
		const table = await dataTables.create(tableName, columns?.column ?? []);
		const putIn = all.find(({ dataTableId }) => dataTableId?.value === tableName);
		await dataTables.addRow(table, putIn?.columns?.value ?? {});
		tables.push(table);
	}
	return tables;
}

/** Chooses the tables anew in the nodes of an imported example: n8n 1 finds them by ID only. */
export function chooseTables({ nodes }: WorkflowDefinition, tables: DataTable[]): void {
	for (const node of nodes.filter(({ type }) => type === 'n8n-nodes-base.dataTable')) {
		const chosen = tables.find(({ name }) => name === parametersOf(node).dataTableId?.value);
		node.typeVersion = 1;
		node.parameters.dataTableId = { __rl: true, mode: 'id', value: chosen?.id ?? '' };
	}
}
