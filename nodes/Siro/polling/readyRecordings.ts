import type { IDataObject } from 'n8n-workflow';

import type { SiroConnection } from '../api/connection';
import type { Block } from '../recordings/fetch';
import { selectMilestones } from '../recordings/milestones';
import { DAY_MS, HOUR_MS } from '../values/time';
import { isRecord } from '../values/values';
import { Recordings } from './recordings';
import type { Settings } from './settings';
import type { Slice } from './slices';
import type { Findings } from './source';

/**
 * Siro's recordings that are processed, linked, not deleted, and have all that is waited for, or were
 * made so long ago that it is waited for no longer.
 */
export class ReadyRecordings extends Recordings {
	/**
	 * Siro may show a change late, and what its AI finishes need not move `updatedAt` (FACTS,
	 * "Requests").
	 */
	protected readonly overlap = 2 * HOUR_MS;

	private readonly milestones = selectMilestones(this.settings.waitFor);

	/** Recordings that were made earlier need not have what is waited for; in milliseconds since 1970. */
	private readonly waitedForSince = Date.now() - (this.settings.waitNoLonger ?? Infinity);

	constructor(connection: SiroConnection, settings: Settings) {
		super(connection, settings, {
			look: 'Look for recordings that are ready',
			get: 'Get a recording that is ready',
		});
	}

	/** Those that were last updated within a slice of time. */
	async within(slice: Slice, createdBefore = Infinity): Promise<Findings> {
		const filters = Object.assign({}, ...this.milestones.map(({ query }) => query));
		const waitedFor = await this.find(slice, createdBefore, filters);
		if (this.milestones.length === 0 || this.waitedForSince === -Infinity) return waitedFor;
		// Siro's filters leave out what is not done, so what it is waited for no longer is another list.
		const others = await this.find(slice, Math.min(createdBefore, this.waitedForSince), {});
		const byId = new Map(
			[...others.found, ...waitedFor.found].map((listed) => [listed.id, listed]),
		);
		return {
			found: [...byId.values()],
			updatedUpTo: Math.max(waitedFor.updatedUpTo, others.updatedUpTo),
		};
	}

	describeNone() {
		const days = this.settings.lookBack / DAY_MS;
		const milestones = this.milestones.map(({ name }) => name.toLowerCase()).join(', ');
		return {
			message: `No recording from the last ${days} days is ready`,
			description: `A recording is ready when it is processed, linked to a record of your CRM, and not deleted${milestones === '' ? '. Link one in Siro, and try again.' : `, and when what you wait for is done: ${milestones}. If your organization does not use one of these, remove it from "Wait For"; otherwise no recording will ever start the workflow.`}`,
		};
	}

	protected isDue(recording: IDataObject): boolean {
		return (
			recording.deleted !== true &&
			recording.isProcessingDone !== false &&
			isRecord(recording.crm) &&
			(Date.parse(String(recording.createdAt)) < this.waitedForSince ||
				this.milestones.every(({ isDone }) => isDone(recording)))
		);
	}

	protected get blocks(): Block[] {
		const isScoreWanted = this.settings.waitFor.includes('evaluationScore');
		return isScoreWanted ? ['crm', 'evaluationScore'] : ['crm'];
	}

	protected describe({ crm }: IDataObject): IDataObject {
		return {
			recordingLinked: true,
			// Where a delivery has the name of Siro's event: there was none.
			eventType: 'polling',
			crm: withoutNull(crm),
		};
	}
}

/** A delivery leaves out the kinds of CRM record that are not linked, where a list has `null`. */
function withoutNull(crm: unknown): IDataObject {
	const links = isRecord(crm) ? Object.entries(crm) : [];
	return Object.fromEntries(links.filter(([, link]) => link !== null));
}
