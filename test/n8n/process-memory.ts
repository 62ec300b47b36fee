/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFile } from 'node:fs/promises';

import { freePort } from './free-port';

const MEGABYTE = 1024 * 1024;

/** In megabytes. */
export interface MemoryUse {
	/** What the program holds on to, after a garbage collection: its heap and its buffers. */
	held: number;
	/** What the operating system has given to the process (`VmRSS`). */
	resident: number;
}

/** Looks into the memory of an n8n that was started with the environment of {@link MemoryProbe}. */
export class MemoryProbe {
	private constructor(private readonly port: number) {}

	static async prepare(): Promise<MemoryProbe> {
		return new MemoryProbe(await freePort());
	}

	get environment(): Record<string, string> {
		return { NODE_OPTIONS: `--inspect=127.0.0.1:${this.port}` };
	}

	async measure(processId: number): Promise<MemoryUse> {
		const inspector = await Inspector.connect(this.port);
		try {
			await inspector.call('HeapProfiler.collectGarbage');
			const { result } = await inspector.call<{ result: { value: string } }>('Runtime.evaluate', {
				expression: 'JSON.stringify(process.memoryUsage())',
			});
			const { heapUsed, external } = JSON.parse(result.value) as NodeJS.MemoryUsage;
			const status = await readFile(`/proc/${processId}/status`, 'utf8');
			const residentKilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
			return {
				held: Math.round((heapUsed + external) / MEGABYTE),
				resident: Math.round(residentKilobytes / 1024),
			};
		} finally {
			inspector.close();
		}
	}
}

/** A connection to Node's inspector (Chrome DevTools Protocol). */
class Inspector {
	private calls = 0;

	private readonly waiting = new Map<number, (result: unknown) => void>();

	private constructor(private readonly socket: WebSocket) {
		socket.onmessage = ({ data }) => {
			const { id, result } = JSON.parse(String(data)) as { id?: number; result: unknown };
			if (id !== undefined) this.waiting.get(id)?.(result);
		};
	}

	static async connect(port: number): Promise<Inspector> {
		const response = await fetch(`http://127.0.0.1:${port}/json`);
		const [{ webSocketDebuggerUrl }] = (await response.json()) as Array<{
			webSocketDebuggerUrl: string;
		}>;
		const socket = new WebSocket(webSocketDebuggerUrl);
		await new Promise((resolve, reject) => {
			socket.onopen = resolve;
			socket.onerror = reject;
		});
		return new Inspector(socket);
	}

	async call<Result>(method: string, params: object = {}): Promise<Result> {
		const id = ++this.calls;
		const answered = new Promise<unknown>((resolve) => this.waiting.set(id, resolve));
		this.socket.send(JSON.stringify({ id, method, params }));
		return (await answered) as Result;
	}

	close(): void {
		this.socket.close();
	}
}
