import type {
	IDataObject,
	INodeParameters,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { Webhook } from 'svix';

import { SiroApi } from '../../../credentials/SiroApi.credentials';
import { SiroTrigger } from '../../../nodes/Siro/SiroTrigger.node';
import {
	deliverWebhook,
	saveWorkflow,
	storeCredential,
	type Delivery as Request,
	type DeliveryOutcome,
	type SavedWorkflow,
} from '../../engine';

const SECRET = `whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`;

export const LINKED = 'integrations.recordingLinked';
export const PROCESSED = 'integrations.recordingProcessed';

export const REPEATED = {
	ignored: true,
	reason: 'This recording has already started the workflow',
};

/** A message of Siro's; about a recording that is ready, unless told otherwise. */
export interface Message {
	id?: string;
	recordingId?: string;
	eventType?: string;
	recordingProcessed?: boolean;
	recordingLinked?: boolean;
	crm?: IDataObject | null;
}

/**
 * The trigger in an n8n of several processes: each has loaded the package for itself. A request says
 * in a header which of them it reaches; by default it is the first.
 */
export class TriggerInProcesses implements INodeType {
	description = new SiroTrigger().description;

	/** Which process activates the workflow. */
	activatedBy = '1';

	webhook: (this: IWebhookFunctions) => Promise<IWebhookResponseData>;

	private readonly loaded = new Map<string, INodeType>();

	constructor() {
		const process = (name: string) => this.process(name);
		this.webhook = async function (this: IWebhookFunctions) {
			const { [PROCESS_HEADER]: name = '1' } = this.getHeaderData();
			return (await process(String(name)).webhook?.call(this)) ?? {};
		};
	}

	get webhookMethods() {
		return this.process(this.activatedBy).webhookMethods;
	}

	/** Starts a process. */
	start(name: string): void {
		this.process(name);
	}

	/** Ends all processes; those that start in their place know what was stored. */
	restart(): void {
		this.loaded.clear();
	}

	private process(name: string): INodeType {
		const trigger = this.loaded.get(name) ?? loadAnew();
		this.loaded.set(name, trigger);
		return trigger;
	}
}

const PROCESS_HEADER = 'x-process';

function loadAnew(): INodeType {
	let Loaded = SiroTrigger;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => workflowPackage);
		({ SiroTrigger: Loaded } = jest.requireActual<{ SiroTrigger: typeof SiroTrigger }>(
			'../../../nodes/Siro/SiroTrigger.node',
		));
	});
	return new Loaded();
}

/** One for all processes, because it takes a second to load. */
const workflowPackage = jest.requireActual<object>('n8n-workflow');

export function saveTrigger(
	parameters: INodeParameters = {},
	{
		staticData,
		nodeType = new SiroTrigger(),
	}: { staticData?: IDataObject; nodeType?: INodeType } = {},
): SavedWorkflow {
	return saveWorkflow({
		nodeType,
		parameters: { include: [], ...parameters },
		credential: storeCredential(new SiroApi(), {
			organizationToken: 'token',
			webhookSigningSecret: SECRET,
			externalApiUrl: 'https://functions.siro.ai/api-externalApi',
			platformApiUrl: 'https://api.siro.ai',
		}),
		staticData,
	});
}

/** Delivers a message, which says `processed` unless told otherwise, to a process by its name. */
export async function deliver(
	trigger: SavedWorkflow,
	{ id = crypto.randomUUID(), ...message }: Message = {},
	{ process = '1', ...request }: Partial<Request> & { process?: string } = {},
): Promise<DeliveryOutcome> {
	const body = JSON.stringify({
		recordingId: 'recording-1',
		siroUserId: 'user-1',
		recordingProcessed: true,
		recordingLinked: true,
		eventType: PROCESSED,
		...message,
	});
	const timestamp = new Date();
	return await deliverWebhook(trigger, {
		body,
		headers: {
			'svix-id': id,
			'svix-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
			'svix-signature': new Webhook(SECRET).sign(id, timestamp, body),
			[PROCESS_HEADER]: process,
		},
		...request,
	});
}

/** How many deliveries have started the workflow. */
export const started = (outcomes: DeliveryOutcome[]) =>
	outcomes.filter(({ workflowData }) => workflowData !== undefined).length;
