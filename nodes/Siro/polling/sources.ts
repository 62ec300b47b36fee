import type { SiroConnection } from '../api/connection';
import { Followups } from './followups';
import type { TriggerOn } from './properties';
import { ReadyRecordings } from './readyRecordings';
import type { Settings } from './settings';
import type { Source } from './source';
import { UnlinkedRecordings } from './unlinkedRecordings';

const SOURCES: Record<TriggerOn, new (connection: SiroConnection, settings: Settings) => Source> = {
	followup: Followups,
	recordingReady: ReadyRecordings,
	recordingUnlinked: UnlinkedRecordings,
};

/** Where that comes from which the user has chosen under "Trigger On". */
export function openSource(connection: SiroConnection, settings: Settings): Source {
	return new SOURCES[settings.triggerOn](connection, settings);
}
