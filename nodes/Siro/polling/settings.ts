import { NodeOperationError, UserError, type INode, type IPollFunctions } from 'n8n-workflow';

import type { Detail } from '../recordings/details';
import type { Milestone } from '../recordings/milestones';
import { DAY_MS, HOUR_MS, toInstant } from '../values/time';
import { isBlank } from '../values/values';

export const DEFAULT_LOOK_BACK_DAYS = 30;
export const MOST_LOOK_BACK_DAYS = 90;

/** Starts with what becomes ready from now on. */
export const NOW = 'now';

/** The parameters of the polling trigger. */
export interface Settings {
	waitFor: Milestone[];
	/** How long after it was made a recording comes without what is waited for, in milliseconds. */
	waitNoLonger?: number;
	include: Detail[];
	/** A time (ISO 8601), or `now`. */
	startFrom: string;
	/** In milliseconds. */
	lookBack: number;
}

/**
 * Reads the parameters of the polling trigger. Throws a `NodeOperationError` for a Start Date that is
 * no clear time.
 */
export function readSettings(context: IPollFunctions): Settings {
	const { lookBack = DEFAULT_LOOK_BACK_DAYS, waitNoLonger } = context.getNodeParameter(
		'options',
		{},
	) as { lookBack?: number; waitNoLonger?: number };
	return {
		waitFor: context.getNodeParameter('waitFor', []) as Milestone[],
		waitNoLonger: isBlank(waitNoLonger) ? undefined : Math.max(Number(waitNoLonger), 0) * HOUR_MS,
		include: context.getNodeParameter('include', []) as Detail[],
		startFrom: readStart(context),
		lookBack: Math.min(Math.max(lookBack, 1), MOST_LOOK_BACK_DAYS) * DAY_MS,
	};
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

function readStart(context: IPollFunctions): string {
	if (context.getNodeParameter('startFrom', NOW) === NOW) return NOW;
	try {
		return toInstant(
			context.getNodeParameter('startDate', ''),
			context.getTimezone(),
			'Start Date',
		);
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : String(error),
			{ description: error instanceof UserError ? (error.description ?? undefined) : undefined },
		);
	}
}
