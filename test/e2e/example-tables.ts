/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFile } from 'node:fs/promises';

import type { IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../n8n/client';
import type { DataTable, DataTableColumn, DataTableRow } from '../n8n/data-tables';
import type { WorkflowDefinition } from '../n8n/workflows';

const DATA_TABLE = 'n8n-nodes-base.dataTable';

/**
 * Does by hand, in the data tables' own page, what the example "Set up the example tables" does: the
 * Data Table node of n8n 1 cannot make tables.
 */
export async function setUpTablesByHand(
	{ dataTables }: N8nClient,
	exampleFile: string,
): Promise<DataTable[]> {
	const { nodes } = JSON.parse(await readFile(exampleFile, 'utf8')) as WorkflowDefinition;
	const makingATable = nodes.filter(({ parameters }) => parameters.operation === 'create');
	const tables: DataTable[] = [];
	for (const { parameters } of makingATable) {
		const name = String(parameters.tableName);
		const { column } = parameters.columns as IDataObject;
		const table = await dataTables.create(name, column as DataTableColumn[]);
		await dataTables.addRows(table, [rowFor(table, nodes)]);
		tables.push(table);
	}
	return tables;
}

/** Chooses the tables anew in the nodes of an imported example: n8n 1 finds them by ID only. */
export function chooseTables({ nodes }: WorkflowDefinition, tables: DataTable[]): void {
	for (const node of nodes.filter(({ type }) => type === DATA_TABLE)) {
		const chosen = tables.find(({ name }) => name === tableNameOf(node));
		node.typeVersion = 1;
		node.parameters.dataTableId = { __rl: true, mode: 'id', value: chosen?.id ?? '' };
	}
}

function rowFor({ name }: DataTable, nodes: INode[]): DataTableRow {
	const node = nodes.find((candidate) => tableNameOf(candidate) === name);
	return (node?.parameters.columns as { value: DataTableRow } | undefined)?.value ?? {};
}

function tableNameOf({ parameters }: INode): unknown {
	return (parameters.dataTableId as { value?: unknown } | undefined)?.value;
}
