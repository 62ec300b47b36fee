import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';

import type { Outcome } from '../api/batches';
import { SiroClient } from '../api/client';
import { SiroConnection, type ConnectionSettings } from '../api/connection';
import { couldNot } from '../api/errors';
import { mapConcurrently } from '../values/mapConcurrently';
import { messageOf } from '../values/text';
import { noteRecording } from './customData';
import { Hints } from './hints';
import { ItemParameters } from './itemParameters';
import type {
	BatchOperation,
	ItemOperation,
	JointOperation,
	Operation,
	OperationItem,
	OperationOutput,
} from './operation';
import { definitionsOf } from './properties';
import { toWantedFields } from './recordOutput';
import { toConnectionSettings } from './requestOptions';
import { isTool, withRemedyFirst } from './tool';
import { toToolAnswer } from './toolAnswer';

/**
 * How many items of a reading operation are worked on side by side: enough to keep n8n busy while it waits
 * for Siro.
 */
const ITEMS_SIDE_BY_SIDE = 25;

const MOST_ERRORS_LISTED = 20;

/** What became of one input item: its output items, or its error. */
type ItemResult = { items: INodeExecutionData[] } | { error: NodeApiError | NodeOperationError };

/**
 * Runs an operation on all input items. Output items keep the input's order and are paired with it.
 * With "continue on fail" an item that fails gives an item with its error, which n8n sends to the
 * error output if there is one; without, the node fails.
 */
export async function run(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	try {
		const items = await runAll(context, operation);
		return isTool(context) ? toToolAnswer(items) : items;
	} catch (error) {
		throw isTool(context) ? withRemedyFirst(error) : error;
	}
}

async function runAll(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const inputs = context.getInputData();
	if (inputs.length === 0) return [];
	const hints = new Hints();
	const parameters = new ItemParameters(
		context,
		inputs,
		definitionsOf(operation),
		(text, itemIndex) => hints.add(text, itemIndex),
	);
	const siro = await SiroConnection.open(context, readSettings(context, operation, parameters));
	const items = inputs.map((_, index) =>
		toOperationItem(context, siro, operation, parameters, hints, index),
	);

	const results = await runItems(context, operation, items, siro);
	hints.show(context);
	return results.flatMap((result, index) =>
		'error' in result ? [toErrorItem(result.error, index)] : result.items,
	);
}

/** They are the same for all items, so those of the first one count. */
function readSettings(
	context: IExecuteFunctions,
	operation: Operation,
	parameters: ItemParameters,
): Partial<ConnectionSettings> {
	try {
		return toConnectionSettings(parameters.read('options', 0, {}) as IDataObject);
	} catch (error) {
		throw toItemError(context, operation, error, 0);
	}
}

function toOperationItem(
	context: IExecuteFunctions,
	siro: SiroConnection,
	{ action }: Operation,
	parameters: ItemParameters,
	hints: Hints,
	index: number,
): OperationItem {
	const hint = (text: string) => hints.add(text, index);
	return {
		index,
		context,
		siro: new SiroClient(siro, { action, itemIndex: index }),
		parameter: <T>(name: string, fallback?: T) => parameters.read(name, index, fallback) as T,
		given: (name) => context.getNodeParameter(name, index, null),
		locator(name) {
			const record = parameters.locate(name, index);
			if (name === 'recordingId') noteRecording(context, record.id);
			return record;
		},
		reading: { timeZone: context.getTimezone(), hint },
		hint,
	};
}

async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	items: OperationItem[],
	siro: SiroConnection,
): Promise<ItemResult[]> {
	if ('executeBatch' in operation) return await runBatch(context, operation, items, siro);
	if ('executeJointly' in operation) return await runJointly(context, operation, items);
	return await runEach(context, operation, items);
}

async function runEach(
	context: IExecuteFunctions,
	operation: ItemOperation,
	items: OperationItem[],
): Promise<ItemResult[]> {
	const continueOnFail = context.continueOnFail();
	const workers = operation.isReading ? ITEMS_SIDE_BY_SIDE : 1;
	return await mapConcurrently(items, workers, async (item) => {
		const result = await runItem(context, operation, item);
		if ('error' in result && !continueOnFail) throw result.error;
		return result;
	});
}

async function runItem(
	context: IExecuteFunctions,
	operation: ItemOperation,
	item: OperationItem,
): Promise<ItemResult> {
	try {
		const output = toWantedFields(item, operation.records, await operation.execute(item));
		return { items: toItems(output, { item: item.index }) };
	} catch (error) {
		return { error: toItemError(context, operation, error, item.index) };
	}
}

async function runBatch(
	context: IExecuteFunctions,
	operation: BatchOperation,
	items: OperationItem[],
	siro: SiroConnection,
): Promise<ItemResult[]> {
	const outcomes = await operation.executeBatch(items, siro);
	const results = outcomes.map((outcome, index): ItemResult =>
		'error' in outcome
			? { error: toItemError(context, operation, outcome.error, index) }
			: { items: toItems(outcome.record, { item: index }) },
	);
	if (!context.continueOnFail()) throwBatchErrors(context, operation, outcomes, results);
	return results;
}

/** Only now, when all good records are safe, the node fails, and names every bad one. */
function throwBatchErrors(
	context: IExecuteFunctions,
	{ action }: Operation,
	outcomes: Outcome[],
	results: ItemResult[],
): void {
	const errors = results.flatMap((result) => ('error' in result ? [result.error] : []));
	const [first] = errors;
	if (!first) return;
	if (errors.length === 1) throw first;

	const lines = errors.slice(0, MOST_ERRORS_LISTED).map((error) => {
		const index = error.context.itemIndex;
		return `Item ${String(index)}: ${error.message}`;
	});
	const unlisted = errors.length - lines.length;
	if (unlisted > 0) lines.push(`… and ${unlisted} more`);
	const good = outcomes.length - errors.length;
	throw new NodeOperationError(
		context.getNode(),
		`${couldNot(action)} for ${errors.length} of ${outcomes.length} items; the other ${good} went through`,
		{
			description: `${lines.join('\n')}\nTo continue with the items that worked, set "On Error" to "Continue" in the node’s settings.`,
			itemIndex: typeof first.context.itemIndex === 'number' ? first.context.itemIndex : undefined,
		},
	);
}

/** What comes out is paired with all items; when it fails, it has failed for each of them. */
async function runJointly(
	context: IExecuteFunctions,
	operation: JointOperation,
	items: OperationItem[],
): Promise<ItemResult[]> {
	try {
		const output = await operation.executeJointly(items);
		const allItems = items.map(({ index }) => ({ item: index }));
		return [{ items: toItems(output, allItems) }];
	} catch (error) {
		const itemError = toItemError(context, operation, error, 0);
		if (!context.continueOnFail()) throw itemError;
		return items.map(() => ({ error: itemError }));
	}
}

function toItems(
	output: OperationOutput,
	pairedItem: IPairedItemData | IPairedItemData[],
): INodeExecutionData[] {
	const items =
		'items' in output && Array.isArray(output.items)
			? (output.items as INodeExecutionData[])
			: (Array.isArray(output) ? output : [output as IDataObject]).map((json) => ({ json }));
	return items.map((item) => ({ ...item, pairedItem }));
}

function toItemError(
	context: IExecuteFunctions,
	{ action }: Operation,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const reason = messageOf(error);
	const description =
		error instanceof Error && 'description' in error && typeof error.description === 'string'
			? error.description
			: undefined;
	return new NodeOperationError(context.getNode(), `${couldNot(action)}: ${toClause(reason)}`, {
		description,
		itemIndex,
	});
}

/**
 * An item whose `json` holds nothing but `error` and `details` is sent to the error output, and there
 * n8n adds the fields of the input item. (With `item.error` set, n8n drops all but the message.)
 */
function toErrorItem(error: NodeApiError | NodeOperationError, index: number): INodeExecutionData {
	return {
		json: { error: error.message, ...(error.description ? { details: error.description } : {}) },
		pairedItem: { item: index },
	};
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}

/**
 * A reason after a colon begins with a small letter, unless with a name: "External ID", "JSON", or that
 * of the field that it is about ("Amount: …").
 */
function toClause(reason: string): string {
	const beginsWithField = /^[^:→]+(?:: | → )/.test(reason);
	const beginsWithWord = /^(?:An?|The)\b|^(?!Siro\b)[A-Z][a-z]*\b(?!,? [A-Z])/.test(reason);
	return beginsWithWord && !beginsWithField ? lowerFirst(reason) : reason;
}
