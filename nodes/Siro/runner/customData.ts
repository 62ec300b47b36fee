import type { IExecuteFunctions } from 'n8n-workflow';

const KEY = 'siroRecordingId';

/** n8n keeps no more of a value than that, and complains of a longer one in its log. */
const LONGEST_VALUE = 255;

/**
 * Lets an execution be found by the recording that it is about: n8n's list of executions can be
 * filtered by custom data. One value has place, so the first recording that a node names counts.
 */
export function noteRecording(context: IExecuteFunctions, id: string): void {
	const customData = customDataOf(context);
	if (!customData || id === '' || id.length > LONGEST_VALUE || customData.get(KEY)) return;
	customData.set(KEY, id);
}

/** n8n 1 gives nodes none, and n8n 2 throws where an execution has none. */
function customDataOf(context: IExecuteFunctions): IExecuteFunctions['customData'] | undefined {
	try {
		return context.customData;
	} catch {
		return undefined;
	}
}
