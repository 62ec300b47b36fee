import type { IDataObject } from 'n8n-workflow';

import type { OperationItem } from '../../runner/operation';
import { hasTimeZone } from '../../values/time';
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
	const { engagementUsers, engagementType, deletedAt } = appointment;
	const { startTime, startTimeLocalized, endTime } = appointment;
	// A deleted one need not do anything.
	if (!isBlank(deletedAt)) return;
	if (isBlank(engagementUsers)) {
		item.hint(
			'This appointment has no rep. Siro matches recordings by rep and time, so it cannot link any to this appointment. Add one under "Reps".',
		);
	}
	if (isBlank(startTime)) {
		item.hint(
			'This appointment has no Start Time. Siro matches recordings by rep and time, so it cannot link any to this appointment. Fill it in.',
		);
	} else if (typeof endTime === 'string' && endTime < String(startTime)) {
		item.hint(
			'The End Time is before the Start Time, so Siro may not link recordings to this appointment. Check both.',
		);
	}
	if (hasTimeZone(String(startTimeLocalized))) {
		item.hint(
			'Start Time Localized has a time zone, but Siro shows this time as it is. Enter the local time without a time zone, such as 2026-02-15T14:00:00.',
		);
	}
	const activityType = isRecord(engagementType) ? engagementType.activityType : undefined;
	if (!isBlank(activityType) && !ACTIVITY_TYPES.includes(String(activityType))) {
		item.hint(
			`Siro may not know this activity type. The documented types are ${ACTIVITY_TYPES.join(', ')}; only APPOINTMENT, EVENT and MEETING show in Siro’s appointment list.`,
		);
	}
}
