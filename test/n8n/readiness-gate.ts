/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

import { ReverseProxy } from './reverse-proxy';

const askEveryMilliseconds = 200;

/**
 * A reverse proxy that lets requests through only while n8n says that it is ready, which is what
 * belongs in front of n8n: at each start, until its database is migrated, n8n answers every request
 * with 200 "n8n is starting up" (`setupHealthCheck` in n8n's `abstract-server`), so Svix would take a
 * delivery of that moment for delivered.
 */
export class ReadinessGate extends ReverseProxy {
	private isOpen = false;

	private isStopped = false;

	private watching = Promise.resolve();

	private constructor(private readonly n8nUrl: string) {
		super();
	}

	static async start(n8nUrl: string): Promise<ReadinessGate> {
		const gate = new ReadinessGate(n8nUrl);
		await gate.ask();
		await gate.listen();
		gate.watching = gate.watch();
		return gate;
	}

	/** The address that leads through the gate to this one of n8n's. */
	through(url: string): string {
		return url.replace(this.n8nUrl, this.url);
	}

	override async stop(): Promise<void> {
		this.isStopped = true;
		await this.watching;
		await super.stop();
	}

	protected targetFor(): string | undefined {
		return this.isOpen ? this.n8nUrl : undefined;
	}

	private async watch(): Promise<void> {
		while (!this.isStopped) {
			await sleep(askEveryMilliseconds);
			await this.ask();
		}
	}

	private async ask(): Promise<void> {
		const response = await fetch(`${this.n8nUrl}/healthz/readiness`).catch(() => undefined);
		this.isOpen = response?.ok ?? false;
	}
}
