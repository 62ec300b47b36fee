import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const EVENT = {
	externalId: 'file-456',
	externalEventId: 'call-456',
	downloadUrl: 'https://calls.example.com/456.mp3?signature=secret',
	mimeType: 'audio/mpeg',
	remoteCreatedAt: '2026-02-15T14:00:00.000Z',
	externalUserId: 'rep-1',
	externalEmailAddress: 'rep@example.com',
};

const PARAMETERS = { ...EVENT, remoteCreatedAt: '2026-02-15T23:00:00' };

const OTHER = { ...EVENT, externalId: 'file-457', externalEventId: 'call-457' };

export const MULTIMEDIA_EVENT_CASES: OperationCase[] = [
	{
		title: 'one, of the token’s own organization',
		resource: 'multimediaEvent',
		operation: 'sync',
		parameters: { ...PARAMETERS, additionalFields: { externalUserName: 'Ann Hill' } },
		exchanges: [
			ASK_IDENTITY,
			{
				method: 'PUT',
				path: '/v1/integrations/multimedia-events',
				body: { ...EVENT, externalUserName: 'Ann Hill', organizationId: 'org-1' },
				status: 201,
				answer: { data: null },
			},
		],
		output: [{ externalId: 'file-456', externalEventId: 'call-456', synced: true }],
		failure: {
			parameters: { mimeType: "={{ ' ' }}" },
			message: /^Could not sync a multimedia event: MIME Type is empty$/,
		},
	},
	{
		title: 'several, as JSON',
		resource: 'multimediaEvent',
		operation: 'sync',
		input: [{ json: EVENT }, { json: OTHER }],
		parameters: { inputMode: 'json', json: "={{ { ...$json, organizationId: 'org-2' } }}" },
		exchanges: [
			{
				method: 'PUT',
				path: '/v1/integrations/batch/multimedia-events',
				body: [
					{ ...EVENT, organizationId: 'org-2' },
					{ ...OTHER, organizationId: 'org-2' },
				],
				status: 201,
				answer: { data: null },
			},
		],
		output: [
			{ externalId: 'file-456', externalEventId: 'call-456', synced: true },
			{ externalId: 'file-457', externalEventId: 'call-457', synced: true },
		],
		pairedWith: [0, 1],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not sync a multimedia event for 2 of 2 items/,
		},
	},
];
