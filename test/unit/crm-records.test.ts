import type { INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import { inFastTime, recordedRequests, runNode, siroApi } from '../engine';
import { createCredential } from '../operations/run-case';

const run = async (resource: string, operation: string, parameters: INodeParameters = {}) =>
	await runNode({
		nodeType: new Siro(),
		parameters: { resource, operation, ...parameters },
		credential: createCredential('organization'),
	});

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value }) as INodeParameters;

describe('a record that is not named', () => {
	test.each([
		['engagement', 'get', 'engagementId', 'id', 'An ID is empty'],
		['engagement', 'get', 'engagementId', 'externalId', 'External ID is empty'],
		['engagement', 'delete', 'engagementId', 'externalId', 'An ID is empty'],
		['opportunity', 'get', 'opportunityId', 'externalId', 'External ID is empty'],
		['opportunity', 'delete', 'opportunityId', 'externalId', 'External ID is empty'],
		['account', 'delete', 'accountId', 'list', 'An ID is empty'],
		['crmUser', 'getEngagements', 'crmUserId', 'id', 'An ID is empty'],
		['connection', 'get', 'connectionId', 'id', 'An ID is empty'],
		['summary', 'get', 'recordingId', 'id', 'An ID is empty'],
		['mobileEvent', 'get', 'mobileEventId', 'id', 'An ID is empty'],
	])('%s:%s without %s (%s) sends nothing', async (resource, operation, name, mode, reason) => {
		const { error } = await run(resource, operation, {
			[name]: locator(mode, '={{ $json.missing }}'),
		});

		expect(error?.message.toLowerCase()).toContain(`: ${reason.toLowerCase()}`);
		expect(error?.description).toBeTruthy();
		expect(recordedRequests()).toEqual([]);
	});
});

describe('an external ID', () => {
	test('is looked for on every page, if Siro does not filter by it', async () => {
		siroApi()
			.get('/v1/integrations/opportunities')
			.query({ externalId: 'opp-2' })
			.reply(200, { data: [{ id: '1', externalId: 'opp-1' }], cursor: 1 });
		siroApi()
			.get('/v1/integrations/opportunities')
			.query({ externalId: 'opp-2', cursor: 1 })
			.reply(200, { data: [{ id: '2', externalId: 'opp-2' }], cursor: null });
		siroApi().delete('/v1/integrations/opportunities/2').reply(200, 'true');

		const { output } = await run('opportunity', 'delete', {
			opportunityId: locator('externalId', ' opp-2 '),
		});

		expect(output[0].map(({ json }) => json)).toEqual([
			{ id: '2', externalId: 'opp-2', deleted: true },
		]);
	});

	test('that several opportunities have deletes none', async () => {
		siroApi()
			.get('/v1/integrations/opportunities')
			.query(true)
			.reply(200, {
				data: [
					{ id: '1', externalId: 'opp-1' },
					{ id: '2', externalId: 'opp-1' },
				],
			});

		const { error } = await run('opportunity', 'delete', {
			opportunityId: locator('externalId', 'opp-1'),
		});

		expect(error?.message).toBe(
			'Could not delete an opportunity: more than one opportunity in Siro has the external ID "opp-1"',
		);
		expect(error?.description).toContain('Get Many');
	});
});

describe('a deletion', () => {
	test('is sent again when Siro is busy', async () => {
		siroApi().delete('/v1/integrations/accounts/1').reply(503, 'Busy');
		siroApi().delete('/v1/integrations/accounts/1').reply(200, 'true');

		const { result } = await inFastTime(
			async () => await run('account', 'delete', { accountId: locator('id', '1') }),
		);

		expect(result.output[0].map(({ json }) => json)).toEqual([{ id: '1', deleted: true }]);
	});

	test('that is answered with something else is not taken for done', async () => {
		siroApi()
			.delete('/v1/integrations/accounts/1')
			.reply(200, '<!DOCTYPE html><title>Sign in</title>');

		const { error } = await run('account', 'delete', { accountId: locator('id', '1') });

		expect(error?.message).toBe(
			'Could not delete an account: Siro’s answer is not in the documented format: expected whether it was done, got a web page titled "Sign in"',
		);
	});
});

describe('an account', () => {
	test.each([
		['nothing else', {}],
		['a latitude only', { latitude: 41.6 }],
		['an empty address list', { addresses: {} }],
	])('with %s is not created', async (_title, additionalFields) => {
		const { error } = await run('account', 'create', { externalId: '1', additionalFields });

		expect(error?.message).toBe(
			'Could not create an account: an account needs an address, or both latitude and longitude',
		);
		expect(recordedRequests()).toEqual([]);
	});

	test('without an external ID is not created', async () => {
		const { error } = await run('account', 'create', {
			externalId: '={{ $json.missing }}',
			additionalFields: { latitude: 1, longitude: 1 },
		});

		expect(error?.message).toBe('Could not create an account: External ID is empty');
	});

	test('is created once, even if the answer gets lost', async () => {
		siroApi().post('/v1/integrations/accounts').reply(503, 'Busy');

		const { error } = await run('account', 'create', {
			externalId: '1',
			additionalFields: { latitude: 1, longitude: 1 },
		});

		expect(error?.message).toMatch(/status 503/);
	});

	test('is not updated with nothing', async () => {
		const { error } = await run('account', 'update', {
			accountId: locator('id', '1'),
			updateFields: { name: '', phoneNumbers: [] },
		});

		expect(error?.message).toMatch(/^Could not update an account: there is nothing to change$/i);
		expect(recordedRequests()).toEqual([]);
	});
});
