import { NodeOperationError, UserError, type INode, type IPollFunctions } from 'n8n-workflow';

import type { ListFormat } from '../recordings/crmUpdates';
import type { Detail } from '../recordings/details';
import type { Milestone } from '../recordings/milestones';
import { readParameter } from '../runner/readParameter';
import { messageOf } from '../values/text';
import { DAY_MS, HOUR_MS } from '../values/time';
import {
	DEFAULT_HOURS,
	DEFAULT_LOOK_BACK_DAYS,
	MOST_LOOK_BACK_DAYS,
	NOW,
	PROPERTIES,
	READY,
	type TriggerOn,
} from './properties';

/** Which follow-ups are wanted; what is not said leaves out none. */
export type FollowupFilters = {
	minimumScore?: number;
	statuses?: string[];
};

/** The parameters of the polling trigger. */
export interface Settings {
	triggerOn: TriggerOn;
	waitFor: Milestone[];
	/** How long after it was made a recording comes without what is waited for, in milliseconds. */
	waitNoLonger?: number;
	/** How long after it was made a recording comes that is not linked, in milliseconds. */
	unlinkedFor: number;
	filters: FollowupFilters;
	include: Detail[];
	listFormat?: ListFormat;
	/** A time (ISO 8601), or `now`. */
	startFrom: string;
	/** In milliseconds. */
	lookBack: number;
}

/**
 * Reads the parameters of the polling trigger. Throws a `NodeOperationError` that names a parameter
 * whose value cannot be meant.
 */
export function readSettings(context: IPollFunctions): Settings {
	const read = <T>(name: string, fallback: T) => readParameter(context, PROPERTIES, name, fallback);
	try {
		const waitNoLonger = read<number | undefined>('options.waitNoLonger', undefined);
		const settings: Settings = {
			triggerOn: read<TriggerOn>('triggerOn', READY),
			waitFor: read<Milestone[]>('waitFor', []),
			waitNoLonger: waitNoLonger === undefined ? undefined : waitNoLonger * HOUR_MS,
			unlinkedFor: read('hours', DEFAULT_HOURS) * HOUR_MS,
			filters: read<FollowupFilters>('filters', {}),
			include: read<Detail[]>('include', []),
			listFormat: read<ListFormat>('options.listFormat', 'list'),
			startFrom:
				read<string>('startFrom', NOW) === NOW ? NOW : readStartDate(read('startDate', '')),
			lookBack: read('options.lookBack', DEFAULT_LOOK_BACK_DAYS) * DAY_MS,
		};
		requireTimeToBeUnlinked(settings);
		return settings;
	} catch (error) {
		throw new NodeOperationError(context.getNode(), messageOf(error), {
			description: error instanceof UserError ? (error.description ?? undefined) : undefined,
		});
	}
}

function readStartDate(startDate: string): string {
	if (startDate !== '') return startDate;
	throw new UserError('Start Date is empty', { description: 'Choose the date to start from.' });
}

function requireTimeToBeUnlinked({ triggerOn, unlinkedFor, lookBack }: Settings): void {
	if (triggerOn !== 'recordingUnlinked' || unlinkedFor < lookBack) return;
	throw new UserError('Unlinked For is longer than this trigger looks back', {
		description: `It looks at the recordings of the last ${lookBack / DAY_MS} days. Choose fewer hours, or add the option "Look Back" with more days (${MOST_LOOK_BACK_DAYS} at most).`,
	});
}

/** For a "Start From" that is older than anything the trigger looks at. */
export function requireWithinLookBack(
	{ startFrom, lookBack }: Settings,
	node: INode,
	now: number,
): void {
	if (startFrom === NOW || Date.parse(startFrom) >= now - lookBack) return;
	throw new NodeOperationError(node, 'The Start Date is too long ago', {
		description: `This trigger looks back ${lookBack / DAY_MS} days. Choose a later Start Date, or add the option "Look Back" with more days (${MOST_LOOK_BACK_DAYS} at most). For older recordings, use the Siro node: resource Recording, operation Get Many.`,
	});
}
