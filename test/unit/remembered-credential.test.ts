import { SiroApi } from '../../credentials/SiroApi.credentials';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import { LINKED, newPayload, sign } from '../n8n/deliveries';
import {
	deliverWebhook,
	recordedLogs,
	recordedRequests,
	saveWorkflow,
	siroApi,
	storeCredential,
} from '../engine';
import { newSigningSecret } from '../n8n/siro-and-n8n';

const [OLD, NEW] = [newSigningSecret(), newSigningSecret()];

function startTrigger(include: string[] = []) {
	const credential = storeCredential(new SiroApi(), {
		organizationToken: 'old-token',
		webhookSigningSecret: OLD,
	});
	const saved = saveWorkflow({
		nodeType: new SiroTrigger(),
		parameters: { events: [LINKED], include },
		credential,
	});
	const change = (data: object) => credential.save({ ...credential.data, ...data });
	const deliver = async (secret: string) => {
		const body = JSON.stringify(newPayload({ eventType: LINKED }));
		const timestamp = new Date();
		const { status } = await deliverWebhook(saved, {
			body,
			headers: sign(body, secret, { timestamp }),
		});
		return status;
	};
	return { change, deliver };
}

afterEach(() => jest.restoreAllMocks());

/** Only the clock: what is under way goes on in real time. */
function pass(milliseconds: number): void {
	const later = Date.now() + milliseconds;
	jest.spyOn(Date, 'now').mockReturnValue(later);
}

test('a new signing secret counts at once', async () => {
	const { change, deliver } = startTrigger();
	expect(await deliver(OLD)).toBe(200);

	change({ webhookSigningSecret: NEW });

	expect(await deliver(NEW)).toBe(200);
	expect(await deliver(OLD)).toBe(401);
});

test('an old signing secret is refused after 30 seconds at the latest', async () => {
	const { change, deliver } = startTrigger();
	expect(await deliver(OLD)).toBe(200);

	change({ webhookSigningSecret: NEW });
	pass(29_000);
	expect(await deliver(OLD)).toBe(200);
	pass(2_000);

	expect(await deliver(OLD)).toBe(401);
});

test('what is used does not live longer for being used', async () => {
	const { change, deliver } = startTrigger();
	expect(await deliver(OLD)).toBe(200);
	change({ webhookSigningSecret: '' });

	for (let seconds = 0; seconds < 30; seconds += 10) {
		pass(10_000);
		await deliver(OLD);
	}

	expect(await deliver(OLD)).toBe(401);
});

test('what was never accepted is not remembered', async () => {
	const { change, deliver } = startTrigger();
	expect(await deliver(NEW)).toBe(401);
	change({ webhookSigningSecret: '' });
	expect(await deliver(OLD)).toBe(401);
});

test('a delivery that is refused leaves a word in n8n’s log for debugging, and nothing of its own', async () => {
	const { deliver } = startTrigger();
	await deliver(NEW);
	expect(recordedLogs()).toEqual([
		{
			level: 'debug',
			message: expect.stringMatching(/^"[^"]+" refused a delivery: its signature is missing/),
		},
	]);
});

test('after Siro did not accept the token, the next delivery uses the one that is stored then', async () => {
	const { change, deliver } = startTrigger(['summary']);
	siroApi()
		.get(/^\/api-externalApi\/v1\/core\/recordings\//)
		.query(true)
		.times(2)
		.reply(401, { error: 'Unauthorized' });
	await deliver(OLD);

	change({ organizationToken: 'new-token' });
	await deliver(OLD);

	expect(recordedRequests().map(({ headers }) => headers.authorization)).toEqual([
		'Bearer old-token',
		'Bearer new-token',
	]);
});
