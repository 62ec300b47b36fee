import './environment';

import { stringify } from 'flatted';
import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	UnexpectedError,
	type ExecutionError,
	type ExecutionStatus,
	type IConnections,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';

import { createNode } from './node-types';
import { SavedWorkflow, type NodeSetUp } from './saved-workflow';
import { readerType, startType } from './surrounding-nodes';

export interface NodeRunOptions extends NodeSetUp {
	/** What the start node hands over; by default one empty item. */
	input?: INodeExecutionData[];
	/** The node's setting "On Error"; n8n's default is to stop. */
	continueOnFail?: 'stop' | Exclude<OnError, 'stopWorkflow'>;
	/** Cancels the execution, as a user does. */
	signal?: AbortSignal;
	/**
	 * Parameters of a node connected to each output, with expressions, read once per item:
	 * `{ deal: '={{ $("Start").item.json.deal }}' }` proves that items are paired.
	 */
	readAfterwards?: INodeParameters;
}

export interface NodeRun {
	/** Items per output: `output[0]` regular, `output[1]` error branch if there is one. */
	output: INodeExecutionData[][];
	/** What `readAfterwards` gave for each item of each output. */
	readAfterwards: INodeExecutionData['json'][][];
	/** The error as n8n stores it: a plain copy of a NodeApiError or NodeOperationError. */
	error?: ExecutionError;
	/** Of the whole execution: `success`, `error` or `canceled`. */
	status: ExecutionStatus;
	hints: NodeExecutionHint[];
	/** The execution as text, as in n8n's database: to prove that no secret is in it. */
	stored: string;
	run: IRun;
}

/** Executes [Start → the node → a reader per output] on n8n's own engine. */
export async function runNode(options: NodeRunOptions): Promise<NodeRun> {
	const {
		nodeType,
		credential,
		timezone,
		continueOnFail = 'stop',
		input = [{ json: {} }],
	} = options;
	const start = createNode(startType);
	const node = createNode(nodeType, {
		parameters: options.parameters ?? {},
		credentials: credential?.reference,
		onError: continueOnFail === 'stop' ? 'stopWorkflow' : continueOnFail,
	});
	const readers = outputNumbers(nodeType, node).map((output) =>
		createNode(readerType, {
			name: `Read output ${output}`,
			parameters: { options: options.readAfterwards ?? {} },
		}),
	);
	const saved = new SavedWorkflow({
		node,
		otherNodes: [start, ...readers],
		connections: connect(start, node, readers),
		nodeTypes: [nodeType, startType, readerType],
		credential,
		timezone,
	});

	const execution = new WorkflowExecute(
		saved.additionalData('webhook'),
		'webhook',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [input] }, source: null }],
			},
		}),
	).processRunExecutionData(saved.load());
	const cancel = () => execution.cancel();
	options.signal?.addEventListener('abort', cancel);
	if (options.signal?.aborted) cancel();
	const run = await execution;
	options.signal?.removeEventListener('abort', cancel);
	return report(run, node, readers);
}

function report(run: IRun, node: INode, readers: INode[]): NodeRun {
	const { runData, error } = run.data.resultData;
	const task = runData[node.name]?.[0];
	return {
		output: (task?.data?.main ?? []).map((items) => items ?? []),
		readAfterwards: readers.map(({ name }) =>
			(runData[name]?.[0].data?.main[0] ?? []).map(({ json }) => json),
		),
		error: task?.error ?? error,
		status: run.status,
		hints: task?.hints ?? [],
		stored: stringify(run.data),
		run,
	};
}

/** Of each output, also that for errors if there is one. */
function outputNumbers({ description }: INodeType, node: INode): number[] {
	if (!Array.isArray(description.outputs)) {
		throw new UnexpectedError('Nodes whose outputs are an expression are not part of these tests');
	}
	const outputs = [...description.outputs.keys()];
	return node.onError === 'continueErrorOutput' ? [...outputs, outputs.length] : outputs;
}

function connect(start: INode, node: INode, readers: INode[]): IConnections {
	const to = ({ name }: INode) => [{ node: name, type: NodeConnectionTypes.Main, index: 0 }];
	return {
		[start.name]: { main: [to(node)] },
		[node.name]: { main: readers.map(to) },
	};
}
