/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the bench runs in Node, never inside n8n */
import { Webhook } from 'svix';

import { decide } from '../../../nodes/Siro/webhook/delivery';
import { isGenuine, readSigningSecrets } from '../../../nodes/Siro/webhook/signature';
import { LINKED, newPayload, PROCESSED, sign } from '../../n8n/deliveries';
import { newSigningSecret } from '../../n8n/siro-and-n8n';
import type { BenchCase, Figures } from '../bench-case';
import { medianValue } from '../statistics';

const TIMES = 20_000;

/** One delivery in process: is it genuine, and is the recording ready? */
export const decision: BenchCase = {
	name: 'decision',
	compares: 'one verification and decision with a direct call of svix',

	async run({ repeat }) {
		const secret = newSigningSecret();
		const crm = {
			integrationConnectionId: 'connection-1',
			users: [{ id: '1', externalId: 'r-1' }],
		};
		const body = JSON.stringify(newPayload({ crm }));
		const rawBody = Buffer.from(body);
		const headers = sign(body, secret);

		const ours = () => {
			const isReady =
				isGenuine(rawBody, headers, readSigningSecrets(secret)) &&
				decide(rawBody, [PROCESSED, LINKED]).kind === 'ready';
			if (!isReady) throw new Error('A ready delivery was not found to be ready');
		};
		const theirs = () => {
			new Webhook(secret).verify(rawBody, headers);
		};

		const figures = [ours, theirs].map((): Figures => ({ samples: [] }));
		for (let round = 0; round <= repeat; round++) {
			[ours, theirs].forEach((decideOnce, index) => {
				const value = microsecondsEach(decideOnce);
				if (round > 0) figures[index].samples.push({ value });
			});
		}
		const [ourFigures, theirFigures] = figures;
		return {
			rows: [
				{
					case: 'one verification and decision, in process',
					comparedWith: 'svix alone',
					unit: 'µs',
					ours: ourFigures,
					theirs: theirFigures,
					target: 'at most 1.3 × its time',
					isReached: medianValue(ourFigures) <= 1.3 * medianValue(theirFigures),
				},
			],
		};
	},
};

/** CPU time, which does not depend on what else the machine does. */
function microsecondsEach(work: () => void): number {
	const before = process.cpuUsage();
	for (let time = 0; time < TIMES; time++) work();
	return process.cpuUsage(before).user / TIMES;
}
