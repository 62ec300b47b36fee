import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import type { SiroClient } from '../../api/client';
import { pages } from '../../api/pagination';
import { APPOINTMENTS } from '../../parameters/kinds';
import type { JointOperation } from '../../runner/operation';
import { readExistingExternalIds, readWindow, type TimeWindow } from './existingAppointments';

/** How much of Siro's list is counted before an empty list is refused. */
const MOST_PAGES_COUNTED = 40;

/** More than half of a window's appointments, and at least this many, are a large deletion. */
const LARGE_DELETION = 10;

const MOST_NAMED = 5;

const PARAMETERS: INodeProperties[] = [
	{
		displayName:
			'All input items together form one list. Siro deletes every appointment that starts in the time window and is not on this list.',
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
			'The IDs of your appointments in your CRM: one per input item, a list, or text with one ID per line. Include every appointment in the time window that still exists.',
	},
	{
		displayName: 'From Time',
		name: 'fromTime',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'Appointments that start at this time or later are checked. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'To Time',
		name: 'toTime',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'Appointments that start at this time or earlier are checked. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to only list the appointments that would be deleted. Try this first. It may take a while, because it reads all appointments in Siro.',
	},
	{
		displayName: 'Allow Empty List',
		name: 'allowEmptyList',
		type: 'boolean',
		default: false,
		description:
			'Whether to delete every appointment in the time window if the list is empty. Also switch on "Always Output Data" in the previous node; otherwise n8n skips this node when the list is empty.',
	},
	{
		displayName: 'Allow Large Deletion',
		name: 'allowLargeDeletion',
		type: 'boolean',
		default: false,
		description:
			'Whether to delete even if none of the appointments in the time window is on the list, or if more than half of them, and at least 10, are missing from it. Otherwise this is refused, because such a list is probably wrong or incomplete.',
	},
];

export const deleteMissing: JointOperation = {
	value: 'deleteMissing',
	name: 'Delete Missing',
	action: 'Delete missing appointments',
	description:
		'Delete appointments from Siro that no longer exist in your CRM. You provide the IDs of those that still exist in a time window.',
	parameters: PARAMETERS,

	/** Source: external-api.openapi.json, POST /v1/integrations/sync/engagements/soft-delete-removed. */
	async executeJointly(items) {
		const window = readWindow(items);
		const existing = readExistingExternalIds(items);
		const [first] = items;
		const summary = { ...window, existingCount: existing.length };
		const isSwitchedOn = (name: string) =>
			items.every((item) => item.parameter<boolean>(name, false) === true);

		// What is unclear must not delete: a blank switch, or one that is on for some items only.
		if (items.some((item) => item.parameter<boolean>('previewOnly', true) !== false)) {
			const { missing } = await findMissing(first.siro, window, existing);
			return { preview: true, ...summary, missingCount: missing.length, missing };
		}
		if (existing.length === 0) {
			if (!isSwitchedOn('allowEmptyList')) throw await emptyListError(first.siro, window);
		} else if (!isSwitchedOn('allowLargeDeletion')) {
			await refuseLargeDeletion(first.siro, window, existing);
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

interface WindowContent {
	/** The appointments of the window that are not on the list. */
	missing: IDataObject[];
	/** How many of the window are on the list. */
	keptCount: number;
	isComplete: boolean;
}

/** Siro cannot filter its list by time, so all of it is looked at, or as much as `mostPages` hold. */
async function findMissing(
	siro: SiroClient,
	{ fromTime, toTime }: TimeWindow,
	existing: string[],
	mostPages = Infinity,
): Promise<WindowContent> {
	const kept = new Set(existing);
	const missing: IDataObject[] = [];
	let keptCount = 0;
	let pageNumber = 0;
	for await (const page of pages(siro, { path: APPOINTMENTS.path })) {
		if (++pageNumber > mostPages) return { missing, keptCount, isComplete: false };
		for (const { id, externalId, subject, startTime } of page) {
			const start = Date.parse(String(startTime));
			const isInWindow = start >= Date.parse(fromTime) && start <= Date.parse(toTime);
			if (!isInWindow) continue;
			if (kept.has(String(externalId))) keptCount++;
			else missing.push({ id, externalId, subject, startTime });
		}
	}
	return { missing, keptCount, isComplete: true };
}

/** A list that is incomplete, or has IDs of another kind, looks like appointments that are gone. */
async function refuseLargeDeletion(
	siro: SiroClient,
	window: TimeWindow,
	existing: string[],
): Promise<void> {
	const { missing, keptCount } = await findMissing(siro, window, existing);
	const count = missing.length + keptCount;
	const isLarge = missing.length >= LARGE_DELETION && missing.length > count / 2;
	if (missing.length === 0 || (keptCount > 0 && !isLarge)) return;
	const named = missing
		.slice(0, MOST_NAMED)
		.map(({ subject, externalId }) => `"${String(subject ?? '')}" (${String(externalId)})`)
		.join(', ');
	throw new UserError(
		`Siro would delete ${missing.length} of the ${count} appointments that start from ${window.fromTime} to ${window.toTime}, ${keptCount === 0 ? 'because none of them is on the list' : 'more than half of them'}, so nothing was deleted`,
		{
			description: `They are: ${named}${missing.length > MOST_NAMED ? ', …' : ''}. Check that the list is complete (all pages of your CRM), and that its IDs are the ones with which the appointments were synced. If they really no longer exist, switch "Allow Large Deletion" on.`,
		},
	);
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
