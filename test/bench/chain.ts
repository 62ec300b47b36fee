import type { Credential } from '../n8n/credentials';
import { rowOfNodes } from '../n8n/row-of-nodes';
import type { WorkflowDefinition } from '../n8n/workflows';
import { withQuery } from './recordings';

const TRIGGER = 'Webhook';

/** Where it listens, below n8n’s address. */
export const CHAIN_PATH = 'webhook/do-it-yourself';

/** The last step of the chain's check: a condition of an IF node. */
function condition(left: string, right: string) {
	return {
		id: crypto.randomUUID(),
		leftValue: left,
		rightValue: right,
		operator: { type: 'string', operation: 'equals' },
	};
}

/**
 * What a user builds of n8n's own nodes: the raw body, signed again with the Crypto node, compared
 * with the header, and the details fetched. It keeps no memory, looks at one signature only, and does
 * not look at the time. The Crypto node takes the secret as text, so it works only because the
 * bench's secret, decoded, happens to be text.
 */
export function chainWorkflow(
	url: string,
	headerCredential: Credential,
	cryptoCredential: Credential,
): WorkflowDefinition {
	const webhook = `$('${TRIGGER}').item.json`;
	return rowOfNodes(
		'Do it yourself',
		{
			name: TRIGGER,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path: 'do-it-yourself', options: { rawBody: true } },
			webhookId: crypto.randomUUID(),
		},
		{
			name: 'Raw Body',
			type: 'n8n-nodes-base.extractFromFile',
			parameters: { operation: 'text', destinationKey: 'body' },
		},
		{
			name: 'Sign',
			type: 'n8n-nodes-base.crypto',
			typeVersion: 2,
			parameters: {
				action: 'hmac',
				type: 'SHA256',
				value: `={{ ${webhook}.headers['svix-id'] }}.{{ ${webhook}.headers['svix-timestamp'] }}.{{ $json.body }}`,
				dataPropertyName: 'signature',
				encoding: 'base64',
			},
			credentials: { crypto: cryptoCredential },
		},
		{
			name: 'Genuine And Ready',
			type: 'n8n-nodes-base.if',
			typeVersion: 2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
					combinator: 'and',
					conditions: [
						condition(`={{ ${webhook}.headers['svix-signature'] }}`, '=v1,{{ $json.signature }}'),
						condition(`={{ String(${webhook}.body.recordingProcessed) }}`, 'true'),
						condition(`={{ String(${webhook}.body.recordingLinked) }}`, 'true'),
					],
				},
			},
		},
		{
			name: 'Details',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `=${url}/v1/core/recordings/{{ ${webhook}.body.recordingId }}`,
				...withQuery(),
			},
			credentials: { httpHeaderAuth: headerCredential },
		},
	);
}
