import type { Session } from './session';

/** More rows and tables than there are in the examples, which have one each. */
const ALL = 250;

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export interface DataTable {
	id: string;
	name: string;
}

export type DataTableRow = Record<string, string | number | boolean | null>;

/** n8n's own data tables, which stand in for a CRM. */
export class DataTables {
	constructor(private readonly session: Session) {}

	async create(name: string, columns: DataTableColumn[]): Promise<DataTable> {
		return await this.session.post(await this.path(), { name, columns });
	}

	async list(): Promise<DataTable[]> {
		return (await this.session.get<{ data: DataTable[] }>(await this.path(), { take: ALL })).data;
	}

	async addRow({ id }: DataTable, row: DataTableRow): Promise<void> {
		const path = await this.path(`/${id}/insert`);
		await this.session.post(path, { returnType: 'count', data: [row] });
	}

	/** The rows of the table of this name, with n8n's `id`, `createdAt` and `updatedAt`. */
	async rows(name: string): Promise<DataTableRow[]> {
		const table = (await this.list()).find((candidate) => candidate.name === name);
		const path = await this.path(`/${table?.id}/rows`);
		return (await this.session.get<{ data: DataTableRow[] }>(path, { take: ALL })).data;
	}

	private async path(rest = ''): Promise<string> {
		const { id } = await this.session.get<{ id: string }>('projects/personal');
		return `projects/${id}/data-tables${rest}`;
	}
}
