import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI agent runs the node as its tool. n8n's newest agent does not say so in the execution's
 * context, but the type of a node that is a tool always ends in "Tool".
 */
export function isTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() === true || context.getNode().type.endsWith('Tool');
}

/** An agent is told the first line of an error only, so what to do about it goes there, too. */
export function withRemedyFirst(error: unknown): unknown {
	const isOurs = error instanceof NodeApiError || error instanceof NodeOperationError;
	if (!isOurs || !error.description) return error;
	error.message = `${error.message}. ${error.description}`;
	return error;
}
