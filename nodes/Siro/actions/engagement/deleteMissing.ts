import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import type { SiroClient } from '../../api/client';
import { pages } from '../../api/pagination';
import { APPOINTMENTS } from '../../parameters/kinds';
import type { JointOperation } from '../../runner/operation';
import { readExistingExternalIds, readWindow, type TimeWindow } from './existingAppointments';

/** How much of Siro's list is counted before an empty list is refused. */
const MOST_PAGES_COUNTED = 40;

const PARAMETERS: INodeProperties[] = [
	{
		displayName:
			'All input items together are one list. Siro deletes every appointment that starts in the time window and is not on it.',
		name: 'deleteMissingNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Existing External IDs',
		name: 'existingExternalIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 00U5e00000AbCdE',
		description:
			'The ID that each appointment has in your CRM: one per input item, or a list. The list must hold every appointment of the time window that still exists.',
	},
	{
		displayName: 'From Time',
		name: 'fromTime',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'The first start time of the window, included. A time without a zone means the workflow’s time zone.',
	},
	{
		displayName: 'To Time',
		name: 'toTime',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'The last start time of the window, included. A time without a zone means the workflow’s time zone.',
	},
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to only tell which appointments would be deleted. Goes through all appointments in Siro, which may take a while.',
	},
	{
		displayName: 'Allow Empty List',
		name: 'allowEmptyList',
		type: 'boolean',
		default: false,
		description:
			'Whether to delete every appointment of the time window when the list of external IDs is empty. Switch on "Always Output Data" in the node before this one, or n8n does not run this node when nothing exists.',
	},
];

export const deleteMissing: JointOperation = {
	value: 'deleteMissing',
	name: 'Delete Missing',
	action: 'Delete missing appointments',
	description:
		'Delete from Siro the appointments of a time window that no longer exist in your CRM, given the external IDs of all that still exist',
	parameters: PARAMETERS,

	/** Source: external-api.openapi.json, POST /v1/integrations/sync/engagements/soft-delete-removed. */
	async executeJointly(items) {
		const window = readWindow(items);
		const existing = readExistingExternalIds(items);
		const [first] = items;
		const summary = { ...window, existingCount: existing.length };

		if (first.parameter('previewOnly', false)) {
			const { missing } = await findMissing(first.siro, window, existing);
			return { preview: true, ...summary, missingCount: missing.length, missing };
		}
		if (existing.length === 0 && !first.parameter('allowEmptyList', false)) {
			throw await emptyListError(first.siro, window);
		}
		await first.siro.confirm({
			method: 'POST',
			path: '/v1/integrations/sync/engagements/soft-delete-removed',
			body: { validExternalIds: existing, ...window },
			// The same list of the same window leaves the same appointments, however often it is sent.
			repeatable: true,
		});
		return { success: true, ...summary };
	},
};

/** Siro cannot filter its list by time, so all of it is looked at, or as much as `mostPages` hold. */
async function findMissing(
	siro: SiroClient,
	{ fromTime, toTime }: TimeWindow,
	existing: string[],
	mostPages = Infinity,
): Promise<{ missing: IDataObject[]; isComplete: boolean }> {
	const kept = new Set(existing);
	const missing: IDataObject[] = [];
	let pageNumber = 0;
	for await (const page of pages(siro, { path: APPOINTMENTS.path })) {
		if (++pageNumber > mostPages) return { missing, isComplete: false };
		for (const { id, externalId, subject, startTime } of page) {
			const start = Date.parse(String(startTime));
			const isInWindow = start >= Date.parse(fromTime) && start <= Date.parse(toTime);
			if (!isInWindow || kept.has(String(externalId))) continue;
			missing.push({ id, externalId, subject, startTime });
		}
	}
	return { missing, isComplete: true };
}

async function emptyListError(siro: SiroClient, window: TimeWindow): Promise<UserError> {
	const { missing, isComplete } = await findMissing(siro, window, [], MOST_PAGES_COUNTED);
	const count = `${isComplete ? '' : 'at least '}${missing.length}`;
	return new UserError(
		`The list of existing appointments is empty, so Siro would delete every appointment that starts from ${window.fromTime} to ${window.toTime} (${count})`,
		{
			description:
				'Nothing was deleted. Check the nodes before this one. If your CRM really has no appointment in that time, switch "Allow Empty List" on.',
		},
	);
}
