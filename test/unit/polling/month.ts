import type { Recording, Simulator } from '../../siro';
import { Random } from '../../siro/random';
import { DAY, HOUR, MINUTE } from './polled-siro';

/** Something that happens in Siro, at a moment by Siro's clock. */
export interface Change {
	at: number;
	apply: (siro: Simulator) => void;
}

/** How a change shows in `updatedAt`: usually as its own time. */
type Trace = 'now' | 'unmoved' | 'late' | 'tie';

const LINK = { engagementExternalId: 'appt-1', createMissing: true };

/**
 * Two and a half months of a sales team, the last of which is polled: recordings that are linked
 * weeks later or never, summaries that come late and leave no trace, deletions, links taken off and
 * put back, edits long afterwards, an import of hundreds at one moment.
 */
export function generateMonth(begin: number, seed: number): Change[] {
	const random = new Random(seed);
	const changes: Change[] = [];
	let lastUpdate = '';

	const between = (from: number, to: number) => Math.floor(from + random.next() * (to - from));
	const happens = (probability: number) => random.next() < probability;

	/** A fifth of all times are full minutes, so that there are ties. */
	const at = (time: number, apply: Change['apply']) => {
		changes.push({ at: happens(0.2) ? Math.floor(time / MINUTE) * MINUTE : time, apply });
	};

	const leaveTrace = (recording: Recording, before: string, trace: Trace) => {
		if (trace === 'unmoved') recording.updatedAt = before;
		// Seen only some time after the moment that it says it happened at.
		if (trace === 'late') {
			recording.updatedAt = new Date(
				Date.parse(recording.updatedAt) - between(MINUTE, HOUR),
			).toISOString();
		}
		const isRecent = Date.parse(recording.updatedAt) - Date.parse(lastUpdate) < HOUR;
		if (trace === 'tie' && isRecent) recording.updatedAt = lastUpdate;
		lastUpdate = recording.updatedAt;
	};

	const addRecording = (number: number, created: number) => {
		const id = random.uuid();
		const change = (time: number, apply: (siro: Simulator) => void, trace?: Trace) => {
			const usual = happens(0.05) ? 'late' : happens(0.1) ? 'tie' : 'now';
			at(time, (siro) => {
				const recording = siro.state.recordings.get(id);
				if (!recording) return;
				const before = recording.updatedAt;
				apply(siro);
				leaveTrace(recording, before, trace ?? usual);
			});
		};
		const set = (part: Partial<Recording>) => (siro: Simulator) =>
			void siro.updateRecording(id, part);

		changes.push({
			at: created,
			apply: (siro) => void siro.addRecording({ id, title: `${number}` }),
		});

		const processed = created + between(10 * MINUTE, HOUR);
		const isSummaryLate = happens(0.3);
		change(
			processed,
			set({
				isProcessingDone: true,
				isSummaryDone: !isSummaryLate,
				isEntityExtractionDone: true,
				summary: [{ id: 's', name: 'Overview', content: `Summary ${number}` }],
			}),
		);
		if (isSummaryLate) {
			const wait = happens(0.1) ? between(2 * DAY, 5 * DAY) : between(3 * MINUTE, 8 * HOUR);
			const trace = happens(0.6) ? 'unmoved' : undefined;
			change(processed + wait, set({ isSummaryDone: true }), trace);
		}

		const chance = random.next();
		const isEverLinked = chance < 0.85;
		const linked =
			created +
			(chance < 0.5
				? between(0, 2 * HOUR)
				: chance < 0.75
					? between(2 * HOUR, 2 * DAY)
					: between(2 * DAY, 14 * DAY));
		const link = (siro: Simulator) => void siro.linkRecording(id, LINK);
		if (isEverLinked) {
			change(linked, link, happens(0.05) ? 'unmoved' : undefined);
			if (happens(0.05)) {
				const unlinked = linked + between(HOUR, 3 * DAY);
				change(unlinked, (siro) => siro.unlinkRecording(id));
				if (happens(0.5)) change(unlinked + between(HOUR, DAY), link);
			}
		}

		if (happens(0.08)) {
			change(created + between(0, 10 * DAY), (siro) => siro.deleteRecording(id));
		}
		for (let edits = happens(0.4) ? between(1, 5) : 0; edits > 0; edits--) {
			change(created + between(0, 28 * DAY), set({ title: `${number}, edited` }));
		}
	};

	for (let number = 1; number <= 120; number++) {
		addRecording(number, between(begin - 45 * DAY, begin));
	}
	for (let number = 1001; number <= 1400; number++) {
		addRecording(number, between(begin, begin + 30 * DAY));
	}
	const imported = begin + between(10 * DAY, 15 * DAY);
	changes.push({
		at: imported,
		apply: (siro) => {
			for (let number = 2001; number <= 2250; number++) {
				siro.addRecording({ title: `${number}`, processed: true, link: LINK });
			}
		},
	});
	return changes.sort((one, other) => one.at - other.at);
}
