import { UserError, type INodeProperties } from 'n8n-workflow';

import { APP_OWNER } from '../../parameters/locators';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { isTool } from '../../runner/tool';

const NOTICE: INodeProperties = {
	displayName:
		'Siro shows the client secret only once, in the output of this operation. Copy it into the Siro credential right away. Then delete this execution, because the secret is stored in it.',
	name: 'secretNotice',
	type: 'notice',
	default: '',
};

const APP_NAME: INodeProperties = {
	displayName: 'App Name',
	name: 'appName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. n8n',
	description: 'What the app is called in Siro',
};

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create an OAuth app',
	description:
		'Create an OAuth app. With its client ID and secret, the Siro credential can act on behalf of a user.',
	parameters: [NOTICE, APP_NAME, APP_OWNER, ORGANIZATION],
	isReading: false,

	/**
	 * The document calls the ID `clientID`, here only; `clientId` is what all else calls it.
	 * Source: external-api.openapi.json, POST /v1/core/oauth/apps.
	 */
	async execute(item) {
		if (isTool(item.context)) {
			throw new UserError('The result contains a client secret, which an AI model must not see', {
				description: 'Run this operation once by hand, outside of an AI agent.',
			});
		}
		const appName = item.parameter<string>('appName');
		const app = await item.siro.record({
			method: 'POST',
			path: '/v1/core/oauth/apps',
			body: {
				appName,
				owner: item.parameter<string>('owner'),
				organizationId: await readOrganizationId(item),
			},
		});
		item.hint(
			`Copy the client secret of "${appName}" into the Siro credential now: Siro does not show it again. It stays in the data of this execution until you delete the execution.`,
		);
		return { ...app, clientId: app.clientID ?? app.clientId };
	},
};
