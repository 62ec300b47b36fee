import { ReverseProxy } from './reverse-proxy';

/** How requests are shared out among the webhook processes. */
export type Balancing =
	/** One after the other, as load balancers do unless told otherwise. */
	| 'roundRobin'
	/** By the address, so that one process sees all deliveries of a trigger. */
	| 'byPath';

/**
 * What stands in front of n8n in queue mode: production webhooks go to the webhook processes,
 * everything else to the main process.
 */
export class LoadBalancer extends ReverseProxy {
	balancing: Balancing = 'roundRobin';

	private next = 0;

	private constructor(
		private readonly main: string,
		private readonly webhookProcesses: string[],
	) {
		super();
	}

	static async start(main: string, webhookProcesses: string[]): Promise<LoadBalancer> {
		const balancer = new LoadBalancer(main, webhookProcesses);
		await balancer.listen();
		return balancer;
	}

	protected targetFor(path: string): string {
		if (!path.startsWith('/webhook/')) return this.main;
		const number = this.balancing === 'byPath' ? sumOfCharacters(path) : this.next++;
		return this.webhookProcesses[number % this.webhookProcesses.length];
	}
}

function sumOfCharacters(text: string): number {
	return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
