import type { INodeProperties } from 'n8n-workflow';

import type { Subject } from '../../api/failure';
import { path } from '../../api/path';
import type { OperationItem } from '../../runner/operation';

export const CLIENT_ID: INodeProperties = {
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	default: '',
	required: true,
	description: 'Which OAuth app. Get Many lists the apps with their client IDs.',
};

/** The app that the parameter names: where it stands in Siro's API, and for errors. */
export function readApp(item: OperationItem): { path: string; subject: Subject } {
	const clientId = item.parameter<string>('clientId');
	return {
		path: path`/v1/core/oauth/apps/${clientId}`,
		subject: { kind: 'OAuth app', id: clientId },
	};
}
