/** What differs when an AI agent runs the node as its tool. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import { recordedRequests, runNode, siroApi } from '../engine';
import { createCredential } from '../operations/run-case';

/** n8n gives the tool that it makes of a node a type of its own. */
class SiroTool extends Siro {
	constructor() {
		super();
		this.description = { ...this.description, name: 'siroTool' };
	}
}

const runAsTool = async (parameters: INodeParameters, json: IDataObject = {}) =>
	await runNode({
		nodeType: new SiroTool(),
		parameters,
		credential: createCredential('organization'),
		input: [{ json }],
	});

test('everything may be text', async () => {
	siroApi()
		.put('/v1/integrations/sync/engagements')
		.reply(200, { data: { externalId: 'appt-1' } });

	const { error } = await runAsTool(
		{
			resource: 'engagement',
			operation: 'sync',
			externalId: '={{ $json.id }}',
			activityType: '={{ $json.type }}',
			reps: { rep: [{ externalId: '={{ $json.rep }}', shareOfSale: '={{ $json.share }}' }] },
			account: {
				externalId: 'acc-1',
				latitude: '={{ $json.latitude }}',
				phoneNumbers: '={{ $json.phones }}',
			},
		},
		{
			id: ' appt-1 ',
			type: 'Siro Bot Recording',
			rep: '7',
			share: '0.5',
			latitude: '41.6',
			phones: '["1", "2"]',
		},
	);

	expect(error).toBeUndefined();
	expect(recordedRequests()[0].body).toMatchObject({
		externalId: 'appt-1',
		engagementType: { activityType: 'SIRO_BOT_RECORDING' },
		engagementUsers: [{ externalId: '7', shareOfSale: 0.5 }],
		account: { externalId: 'acc-1', latitude: 41.6, phoneNumbers: ['1', '2'] },
	});
});

test('the model reads in the error what to do about it', async () => {
	siroApi().get('/v1/core/users/user-1').reply(404, { error: 'Not found' });

	const { error } = await runAsTool({ resource: 'user', operation: 'get', userId: 'user-1' });

	expect(error?.message).toMatch(/^Could not get a user: Siro has no user .*\. Check the ID: /);
});

test('an OAuth app is not created: the model would see its secret', async () => {
	const { error } = await runAsTool({
		resource: 'oauthApp',
		operation: 'create',
		appName: 'n8n',
		owner: 'user-1',
	});

	expect(error?.message).toMatch(
		/^Could not create an OAuth app: the result contains a client secret.* by hand/,
	);
	expect(recordedRequests()).toEqual([]);
});
