import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';

import { isRecord, isBlank } from '../../values/values';
import type { OperationItem } from '../../runner/operation';

/** Source: external-api.openapi.json, PUT /v1/integrations/sync/engagements, engagementType. */
export const ACTIVITY_TYPES = [
	'APPOINTMENT',
	'CALL',
	'EMAIL',
	'EVENT',
	'MEETING',
	'SIRO_BOT_RECORDING',
	'SIRO_EVENT',
	'TEXT',
];

const MOST_ITEMS_LISTED = 10;

/** What Siro takes in without a word, although the appointment will not do what it is for. */
export class AppointmentHints {
	private readonly withoutReps: number[] = [];

	private readonly ofUnknownType: number[] = [];

	/** Looks at the appointment of an item. A deleted one need not do anything. */
	look(
		{ engagementUsers, engagementType, deletedAt }: IDataObject,
		{ index }: OperationItem,
	): void {
		if (!isBlank(deletedAt)) return;
		if (!Array.isArray(engagementUsers) || engagementUsers.length === 0) {
			this.withoutReps.push(index);
		}
		const activityType = isRecord(engagementType) ? engagementType.activityType : undefined;
		if (!isBlank(activityType) && !ACTIVITY_TYPES.includes(String(activityType))) {
			this.ofUnknownType.push(index);
		}
	}

	/** One hint for each thing that was seen, whatever the number of items. */
	get all(): NodeExecutionHint[] {
		return [
			toHint(
				this.withoutReps,
				'No reps are given. Siro matches recordings by rep and time, so it cannot link any to such an appointment. Add them under "Reps".',
			),
			toHint(
				this.ofUnknownType,
				`Siro does not document the activity type. It knows ${ACTIVITY_TYPES.join(', ')}; only APPOINTMENT, EVENT and MEETING show in its appointment list.`,
			),
		].flat();
	}
}

function toHint(items: number[], text: string): NodeExecutionHint[] {
	if (items.length === 0) return [];
	const more = items.length > MOST_ITEMS_LISTED ? ', …' : '';
	const named = items.slice(0, MOST_ITEMS_LISTED).join(', ') + more;
	const message = `${text} (${items.length === 1 ? 'Item' : 'Items'} ${named})`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}
