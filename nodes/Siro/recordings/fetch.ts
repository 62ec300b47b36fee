import type { IDataObject } from 'n8n-workflow';

import { path } from '../api/path';
import type { Surface } from '../api/surfaces';
import type { OperationItem } from '../runner/operation';
import { toShowFlags, type Included } from '../parameters/include';

/**
 * The recording that the item names, with the included blocks.
 *
 * Sources: external-api.openapi.json and platform-api.openapi.json, GET /v1/core/recordings/{id}.
 */
export async function fetchRecording(
	item: OperationItem,
	include: Included[],
	surface: Surface = 'external',
): Promise<IDataObject> {
	const recordingId = item.parameter<string>('recordingId');
	return await item.siro.record({
		surface,
		path: path`/v1/core/recordings/${recordingId}`,
		query: toShowFlags(include, surface),
		subject: { kind: 'recording', id: recordingId },
	});
}
