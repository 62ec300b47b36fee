import { NodeOperationError, UserError } from 'n8n-workflow';

import { couldNot } from '../../api/errors';
import type { OperationItem } from '../../runner/operation';
import { parseJson } from '../../runner/readValue';
import { hasLostDigits, LOST_DIGITS } from '../../values/number';
import { toText } from '../../values/text';
import { isBlank } from '../../values/values';

/** Start times of appointments; both ends belong to it. */
export interface TimeWindow {
	fromTime: string;
	toTime: string;
}

/** `$now` is read anew for each item, so that times which mean the same differ a little. */
const SAME_TIME_MS = 60_000;

/** The one time window of all items. */
export function readWindow(items: OperationItem[]): TimeWindow {
	const [window, ...others] = items.map(readItemWindow);
	if (others.some((other) => !isSameWindow(window, other))) {
		throw new UserError('From Time or To Time is not the same for all items', {
			description:
				'All input items together are the list for one time window. For several windows, use the Loop Over Items node.',
		});
	}
	if (window.fromTime > window.toTime) {
		throw new UserError('From Time is later than To Time', {
			description: `From Time is ${window.fromTime}, To Time is ${window.toTime}.`,
		});
	}
	return window;
}

function readItemWindow(item: OperationItem): TimeWindow {
	return { fromTime: item.parameter('fromTime'), toTime: item.parameter('toTime') };
}

function isSameWindow(one: TimeWindow, other: TimeWindow): boolean {
	const distance = (time: string, otherTime: string) =>
		Math.abs(Date.parse(time) - Date.parse(otherTime));
	return (
		distance(one.fromTime, other.fromTime) < SAME_TIME_MS &&
		distance(one.toTime, other.toTime) < SAME_TIME_MS
	);
}

/** The external IDs of all items together, each once. */
export function readExistingExternalIds(items: OperationItem[]): string[] {
	return [...new Set(items.flatMap(readItemExternalIds))];
}

/**
 * The IDs that one item adds to the list: a list, or a text with one ID per line. An ID is read as the
 * sync reads it; a comma inside is part of it. An ID that is missing on the list costs an appointment,
 * so a gap is an error, unless the item is empty as a whole ("Always Output Data").
 */
function readItemExternalIds(item: OperationItem): string[] {
	const given = item.given('existingExternalIds');
	if (isBlank(given) && (Array.isArray(given) || isEmpty(item))) return [];
	const list =
		typeof given === 'string'
			? (parseJson(given) ?? given.split('\n').filter((line) => !isBlank(line)))
			: given;
	const values = Array.isArray(list) && list.length > 0 ? list : [given];
	return values.map((value: unknown) => readExternalId(item, value));
}

function readExternalId(item: OperationItem, value: unknown): string {
	const externalId = typeof value === 'boolean' ? undefined : toText(value);
	if (hasLostDigits(value)) {
		const reason = `the external ID ${externalId} is too long for a number and lost its last digits`;
		throw nothingDeleted(item, reason, LOST_DIGITS);
	}
	if (externalId !== undefined && externalId !== '') return externalId;
	throw nothingDeleted(
		item,
		'an external ID is missing',
		isBlank(value)
			? 'Each input item must have the ID of an appointment, or Siro would delete that appointment. Check the field in "Existing External IDs".'
			: 'Existing External IDs takes text and numbers, not objects. Check the field in "Existing External IDs".',
	);
}

function nothingDeleted(
	{ context, index: itemIndex }: OperationItem,
	reason: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`${couldNot('Delete missing appointments')}: ${reason}, so nothing was deleted`,
		{ itemIndex, description },
	);
}

function isEmpty({ context, index }: OperationItem): boolean {
	return Object.keys(context.getInputData()[index].json).length === 0;
}
