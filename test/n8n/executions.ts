import { parse } from 'flatted';
import {
	ExecutionStatusList,
	type ExecutionStatus,
	type IBinaryData,
	type INodeExecutionData,
	type IRunExecutionData,
	type ITaskData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { Session } from './session';
import { waitUntil } from './wait-until';

const PAGE_SIZE = 100;
const PATIENCE_MS = 30_000;
export const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];

export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus[];
	mode?: WorkflowExecuteMode;
}

/** One line of n8n's list of executions. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	/** `null` while it waits for a worker, and for ever if it failed before one had started it. */
	startedAt: string | null;
}

interface ExecutionPage {
	results: ExecutionSummary[];
	nextCursor: string | null;
}

/** One execution with everything that it produced. */
export class Execution {
	readonly id: string;

	readonly status: ExecutionStatus;

	readonly data: IRunExecutionData;

	/** As n8n stores it, with the data in flatted's form of JSON. */
	constructor({ id, status, data }: ExecutionSummary & { data: string }) {
		this.id = id;
		this.status = status;
		this.data = parse(data) as IRunExecutionData;
	}

	/** What went wrong: the message and, where the node gave one, the description. */
	get error(): string | undefined {
		const { error } = this.data.resultData;
		if (error === undefined) return undefined;
		const description = 'description' in error ? error.description : undefined;
		return [error.message, description].filter(Boolean).join('\n');
	}

	/** The runs of a node: more than one if it stands in a loop, none if it was not reached. */
	runs(nodeName: string): ITaskData[] {
		return this.data.resultData.runData[nodeName] ?? [];
	}

	/** The items that a node put out in its last run, on its first output or the given one. */
	items(nodeName: string, output = 0): INodeExecutionData[] {
		return this.runs(nodeName).at(-1)?.data?.main[output] ?? [];
	}

	/** The same without what n8n adds to an item's `json`. */
	json(nodeName: string, output = 0): Array<INodeExecutionData['json']> {
		return this.items(nodeName, output).map((item) => item.json);
	}
}

/** What n8n has executed. */
export class Executions {
	constructor(private readonly session: Session) {}

	/**
	 * All executions that fit, in the order in which they were made. Not by n8n's `nextCursor`, which
	 * skips some: pages are sorted by the time of the start, but that cursor leaves out all IDs above
	 * the last one, and workers do not start executions in the order of their IDs.
	 */
	async list(filter: ExecutionFilter = {}): Promise<ExecutionSummary[]> {
		const byId = new Map<string, ExecutionSummary>();
		const add = async (change: object): Promise<ExecutionPage> => {
			const page: ExecutionPage = await this.session.get('executions', {
				// Without statuses n8n asks for those that run and those that have ended separately, and
				// misses what ends in between.
				filter: JSON.stringify({ status: ExecutionStatusList, ...filter, ...change }),
				limit: PAGE_SIZE,
			});
			for (const summary of page.results) byId.set(summary.id, summary);
			return page;
		};
		let page = await add({});
		// What failed before its start is on no page that begins with the time of a start.
		if (page.nextCursor !== null && !filter.status)
			await add({ status: ['error', 'crashed', 'canceled'] });
		for (let known = 0; page.nextCursor !== null && byId.size > known;) {
			known = byId.size;
			const last = page.results.filter(({ startedAt }) => startedAt !== null).at(-1);
			page = await add({ startedBefore: last?.startedAt });
		}
		return [...byId.values()].sort((one, other) => Number(one.id) - Number(other.id));
	}

	async count(filter: ExecutionFilter = {}): Promise<number> {
		return (await this.list(filter)).length;
	}

	async read(id: string): Promise<Execution> {
		return new Execution(await this.session.get(`executions/${id}`));
	}

	/** Starts an execution that has failed again, as "Retry" does, and waits until it has ended. */
	async retry(id: string): Promise<Execution> {
		const { id: retryId } = await this.session.post<ExecutionSummary>(`executions/${id}/retry`);
		return await this.waitFor(retryId);
	}

	/** Stops an execution, as the button in the editor does. */
	async stop(id: string): Promise<void> {
		await this.session.post(`executions/${id}/stop`);
	}

	/** Waits until an execution has ended, well or badly, and reads it. */
	async waitFor(id: string, patienceMs = PATIENCE_MS): Promise<Execution> {
		return await waitUntil(`the end of execution ${id}`, patienceMs, async () => {
			const execution = await this.read(id);
			return hasEnded(execution) && isWhole(execution) && execution;
		});
	}

	/** Waits until at least so many executions that fit have ended, and reads all of them. */
	async waitForCount(
		count: number,
		filter: ExecutionFilter,
		patienceMs = PATIENCE_MS,
	): Promise<Execution[]> {
		const ended = await waitUntil(`${count} executions`, patienceMs, async () => {
			const fitting = (await this.list(filter)).filter(hasEnded);
			return fitting.length >= count && fitting;
		});
		return await Promise.all(ended.map(async ({ id }) => await this.waitFor(id, patienceMs)));
	}

	/** The bytes of an item's binary data, wherever n8n keeps them. */
	async binary(data: IBinaryData): Promise<Buffer> {
		if (data.id === undefined) return Buffer.from(data.data, 'base64');
		return await this.session.download('binary-data', { id: data.id, action: 'download' });
	}
}

const hasEnded = ({ status }: { status: ExecutionStatus }) => !UNFINISHED.includes(status);

/** n8n stores the status before the data; of what was killed there may never be data. */
function isWhole({ status, data }: Execution): boolean {
	const stored: IRunExecutionData | undefined = data;
	return status === 'crashed' || status === 'canceled' || stored?.resultData !== undefined;
}
