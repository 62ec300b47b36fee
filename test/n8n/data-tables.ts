import type { Session } from './session';

const pageSize = 250;

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export interface DataTable {
	id: string;
	name: string;
}

export type DataTableValue = string | number | boolean | null;

export type DataTableRow = Record<string, DataTableValue>;

/** n8n's own data tables, which stand in for a CRM. */
export class DataTables {
	private projectId?: string;

	constructor(private readonly session: Session) {}

	async create(name: string, columns: DataTableColumn[]): Promise<DataTable> {
		return await this.session.post(await this.route(), { name, columns });
	}

	async list(): Promise<DataTable[]> {
		const { data } = await this.session.get<{ data: DataTable[] }>(await this.route(), {
			take: pageSize,
		});
		return data;
	}

	async addRows(table: DataTable, rows: DataTableRow[]): Promise<void> {
		await this.session.post(await this.route(`/${table.id}/insert`), {
			returnType: 'count',
			data: rows,
		});
	}

	/** All rows in the order of their making, with n8n's `id`, `createdAt` and `updatedAt`. */
	async rows(table: DataTable): Promise<DataTableRow[]> {
		const rows: DataTableRow[] = [];
		let total: number;
		do {
			const page: { count: number; data: DataTableRow[] } = await this.session.get(
				await this.route(`/${table.id}/rows`),
				{ take: pageSize, skip: rows.length, sortBy: 'id:asc' },
			);
			rows.push(...page.data);
			total = page.count;
			if (page.data.length === 0) break;
		} while (rows.length < total);
		return rows;
	}

	private async route(path = ''): Promise<string> {
		this.projectId ??= (await this.session.get<{ id: string }>('projects/personal')).id;
		return `projects/${this.projectId}/data-tables${path}`;
	}
}
