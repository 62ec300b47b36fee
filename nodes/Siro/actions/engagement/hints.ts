import type { IDataObject } from 'n8n-workflow';

import type { OperationItem } from '../../runner/operation';
import { isRecord, isBlank } from '../../values/values';

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

/** Points out what Siro takes in without a word, although the appointment will not do what it is for. */
export function pointOut(appointment: IDataObject, item: OperationItem): void {
	const { engagementUsers, engagementType, deletedAt, startTime, endTime } = appointment;
	// A deleted one need not do anything.
	if (!isBlank(deletedAt)) return;
	if (isBlank(engagementUsers)) {
		item.hint(
			'No reps are given. Siro matches recordings by rep and time, so it cannot link any to such an appointment. Add them under "Reps".',
		);
	}
	if (isBlank(startTime)) {
		item.hint(
			'No Start Time is given. Siro matches recordings by rep and time, so it cannot link any to such an appointment.',
		);
	} else if (typeof endTime === 'string' && endTime < String(startTime)) {
		item.hint(
			'The End Time is before the Start Time. Siro matches recordings by rep and time, so it may link none to such an appointment. Check both.',
		);
	}
	const activityType = isRecord(engagementType) ? engagementType.activityType : undefined;
	if (!isBlank(activityType) && !ACTIVITY_TYPES.includes(String(activityType))) {
		item.hint(
			`Siro does not document the activity type. It knows ${ACTIVITY_TYPES.join(', ')}; only APPOINTMENT, EVENT and MEETING show in its appointment list.`,
		);
	}
}
