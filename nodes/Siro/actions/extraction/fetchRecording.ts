import type { IDataObject } from 'n8n-workflow';

import { path } from '../../api/path';
import type { OperationItem } from '../operation';
import { toShowFlags } from '../parameters/include';

/** The chosen recording with its extracted values and CRM links. */
export async function fetchRecording(item: OperationItem): Promise<IDataObject> {
	const recordingId = item.parameter<string>('recordingId');
	return await item.siro.record({
		path: path`/v1/core/recordings/${recordingId}`,
		query: toShowFlags(['crm', 'extractions']),
		subject: { kind: 'recording', id: recordingId },
	});
}
