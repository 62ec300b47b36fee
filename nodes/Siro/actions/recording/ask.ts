import { UserError, type INodeProperties } from 'n8n-workflow';

import { path } from '../../api/path';
import { RECORDING } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

const QUESTION: INodeProperties = {
	displayName: 'Question',
	name: 'question',
	type: 'string',
	typeOptions: { rows: 3 },
	placeholder: 'e.g. What did the customer say about the price?',
	default: '',
	required: true,
	description: 'What to ask, in plain language',
};

export const ask: ItemOperation = {
	value: 'ask',
	name: 'Ask',
	action: 'Ask about a recording',
	description:
		'Ask Siro’s AI a question about one recording, and get an answer with quotes. Siro answers up to 200 questions per user per day. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, QUESTION],
	isReading: false,

	/** Source: platform-api.openapi.json, POST /v1/core/recordings/{id}/chats. */
	async execute(item) {
		// In the body, too, it must be exactly what stands in the path.
		const { id: recordingId } = item.locator('recordingId');
		const question = item.parameter('question', '');
		if (question === '') {
			throw new UserError('Question is empty', {
				description: 'Enter what you want to know about the recording.',
			});
		}
		const answer = await item.siro.record({
			surface: 'platform',
			method: 'POST',
			path: path`/v1/core/recordings/${recordingId}/chats`,
			body: { id: recordingId, question },
			subject: { kind: 'recording', id: recordingId },
			limit:
				'Siro’s AI also answers at most 200 questions per user per day. If you have reached that limit, ask again tomorrow.',
		});
		return { recordingId, question, ...answer };
	},
};
