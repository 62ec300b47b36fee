import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	WorkflowActivateMode,
} from 'n8n-workflow';

import { SiroApi } from '../../../credentials/SiroApi.credentials';
import { SiroPollingTrigger } from '../../../nodes/Siro/SiroPollingTrigger.node';
import {
	activatePolling,
	pollNode,
	restart,
	saveWorkflow,
	storeCredential,
	type SavedWorkflow,
	type StoredCredential,
} from '../../engine';
import { startSimulator, type Recording, type Simulator, type SimulatorOptions } from '../../siro';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Only the clock is ours; network traffic and what waits for it go on in real time. */
const REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/**
 * A Siro, and a workflow with a polling trigger in an n8n, each with a clock that the test sets. Both
 * clocks stand still unless the test moves them.
 */
export class PolledSiro {
	/** What Siro's clock says. */
	now: number;

	/** How far n8n's clock is ahead of Siro's. */
	skew = 0;

	saved: SavedWorkflow;

	private isActive = false;

	private activation: WorkflowActivateMode = 'activate';

	private constructor(
		readonly siro: Simulator,
		now: number,
		readonly parameters: INodeParameters,
		readonly credential: StoredCredential,
	) {
		this.now = now;
		this.saved = this.save();
	}

	static async start(
		parameters: INodeParameters = {},
		options: SimulatorOptions & { now?: string } = {},
	): Promise<PolledSiro> {
		const now = Date.parse(options.now ?? '2026-03-01T12:00:00.000Z');
		jest.useFakeTimers({ doNotFake: [...REAL], now });
		const clock = { time: () => now };
		const siro = await startSimulator({
			seeded: false,
			clock: () => new Date(clock.time()),
			...options,
		});
		const credential = storeCredential(new SiroApi(), {
			organizationToken: siro.organizationToken,
			externalApiUrl: siro.externalApiUrl,
			platformApiUrl: siro.platformApiUrl,
			useOAuthApp: true,
			clientId: siro.oauthApp.clientId,
			clientSecret: siro.oauthApp.clientSecret,
			userId: siro.admin.id,
		});
		const world = new PolledSiro(siro, now, parameters, credential);
		clock.time = () => world.now;
		return world;
	}

	async stop(): Promise<void> {
		jest.useRealTimers();
		await this.siro.stop();
	}

	/** Lets time pass. */
	pass(milliseconds: number): void {
		this.now += milliseconds;
	}

	/** Polls, and gives what starts the workflow: one item per recording. */
	async poll(): Promise<IDataObject[]> {
		jest.setSystemTime(this.now + this.skew);
		if (this.isActive) return jsonOf(await pollNode(this.saved));
		const output = await activatePolling(this.saved, this.activation);
		this.isActive = true;
		return jsonOf(output);
	}

	/** Polls as the editor does for a test event. */
	async test(): Promise<IDataObject[]> {
		jest.setSystemTime(this.now + this.skew);
		return jsonOf(await pollNode(this.saved, 'manual'));
	}

	/** The same, but only the IDs. */
	async pollIds(): Promise<unknown[]> {
		return (await this.poll()).map(({ recordingId }) => recordingId);
	}

	/** Ends n8n and starts it again: only what it stored is left, and it is another process. */
	restartN8n(): void {
		this.saved = this.save(this.saved.staticData);
		this.isActive = false;
		this.activation = 'init';
	}

	/** Takes from n8n what it has not stored, as happens between two polls of its new scheduler. */
	loseUnsavedMemory(): void {
		restart(this.saved);
	}

	/** Changes the trigger's parameters and activates the workflow again. */
	reconfigure(change: INodeParameters): void {
		Object.assign(this.parameters, change);
		this.restartN8n();
		this.activation = 'activate';
	}

	/** Gives the trigger another name in the editor: n8n activates the workflow again, with what it has stored. */
	rename(name: string): void {
		restart(this.saved);
		this.saved.node.name = name;
		this.isActive = false;
		this.activation = 'update';
	}

	/** Adds a recording that is ready by now. */
	addReady(recording: Parameters<Simulator['addRecording']>[0] = {}): Recording {
		return this.siro.addRecording({
			processed: true,
			link: { engagementExternalId: 'appt-1', createMissing: true },
			...recording,
		});
	}

	/** The time by Siro's clock, so long ago. */
	ago(milliseconds: number): string {
		return new Date(this.now - milliseconds).toISOString();
	}

	private save(staticData?: IDataObject): SavedWorkflow {
		return saveWorkflow({
			nodeType: new SiroPollingTrigger(),
			parameters: this.parameters,
			credential: this.credential,
			staticData: staticData && JSON.parse(JSON.stringify(staticData)),
		});
	}
}

function jsonOf(output: INodeExecutionData[][] | null): IDataObject[] {
	return (output ?? []).flat().map(({ json }) => json);
}
