import type { IDataObject } from 'n8n-workflow';

import type { SiroConnection } from '../api/connection';
import { toSimpleRecording } from '../recordings/simpleRecording';
import { DAY_MS, HOUR_MS } from '../values/time';
import { isRecord } from '../values/values';
import { Recordings } from './recordings';
import type { Settings } from './settings';
import type { Slice } from './slices';
import type { Findings } from './source';

/** Siro's recordings that are processed, not deleted, and not linked so long after they were made. */
export class UnlinkedRecordings extends Recordings {
	/**
	 * It is time that makes a recording due, and no update: so each poll looks at all that has become
	 * that old since. Siro may show a recording late.
	 */
	protected readonly overlap = this.settings.unlinkedFor + 2 * HOUR_MS;

	/** In milliseconds since 1970. */
	private readonly madeBefore = Date.now() - this.settings.unlinkedFor;

	constructor(connection: SiroConnection, settings: Settings) {
		super(connection, settings, {
			look: 'Look for recordings that are not linked',
			get: 'Get a recording that is not linked',
		});
	}

	/** Those that were last updated within a slice of time. */
	async within(slice: Slice, createdBefore = Infinity): Promise<Findings> {
		return await this.find(slice, Math.min(createdBefore, this.madeBefore), {});
	}

	describeNone() {
		const { lookBack, unlinkedFor } = this.settings;
		const hours = unlinkedFor / HOUR_MS;
		return {
			message: `No recording from the last ${lookBack / DAY_MS} days is still unlinked after ${hours} ${hours === 1 ? 'hour' : 'hours'}`,
			description:
				'The trigger looks for recordings that are processed, not deleted, and not linked to a record of your CRM. There is nothing to show if all of them are linked.',
		};
	}

	protected isDue(recording: IDataObject): boolean {
		return (
			recording.deleted !== true &&
			recording.isProcessingDone !== false &&
			!isRecord(recording.crm) &&
			Date.parse(String(recording.createdAt)) < this.madeBefore
		);
	}

	protected describe(recording: IDataObject): IDataObject {
		return {
			recordingLinked: false,
			// Where a delivery has the name of Siro's event: there was none.
			eventType: 'polling',
			recording: toSimpleRecording(recording),
		};
	}
}
