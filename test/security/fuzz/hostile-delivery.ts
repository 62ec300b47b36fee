import fc from 'fast-check';

import { MUTATIONS, type Loot } from './mutations';
import { headersOf, sign, type HeaderLine, type SignedDelivery } from './signed-delivery';

/** A request of an attacker who does not know the signing secrets. */
export interface HostileDelivery {
	/** What was done to what kind of delivery. */
	deeds: string[];
	headers: HeaderLine[];
	body: Buffer;
	/** The delivery that it was made of, if Siro signed it. */
	signed?: SignedDelivery;
}

const UNKNOWN_SECRET = `whsec_${Buffer.from('of somebody else').toString('base64')}`;
const DAY_SECONDS = 86_400;

const overheard = fc.record({
	id: fc.uuid(),
	recordingId: fc.uuid(),
	recordingLinked: fc.boolean(),
	// Fresh ones are the most dangerous: what is altered is then the only reason to refuse them.
	secondsOld: fc.oneof(
		{ arbitrary: fc.integer({ min: -99, max: 99 }), weight: 4 },
		fc.integer({ min: 301, max: 1_000_000 }),
		fc.integer({ min: -1_000_000, max: -400 }),
	),
	isOfSiro: fc.oneof({ arbitrary: fc.constant(true), weight: 7 }, fc.constant(false)),
});

const deeds = fc.array(
	fc.record({
		name: fc.constantFrom(...Object.keys(MUTATIONS)),
		dice: fc.record({
			number: fc.nat(),
			size: fc.nat(999).map((part) => Math.floor(10_000 ** (part / 999))),
			bytes: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((array) => Buffer.from(array)),
		}),
	}),
	{ maxLength: 3 },
);

/**
 * Deliveries as an attacker makes them who has overheard some, signed with the given secrets or with
 * another, and replays, alters and mixes them. Some are harmless: altered where nothing is signed.
 */
export function hostileDeliveries(
	secrets: string[],
	nowSeconds: () => number,
): fc.Arbitrary<HostileDelivery> {
	return fc.tuple(overheard, overheard, deeds).map(([one, another, chosen]) => {
		const now = nowSeconds();
		const signWith = (keys: string[], id: string, body: string, secondsOld: number) =>
			sign(keys, { id: `msg_${id}`, timestamp: String(now - secondsOld), body: Buffer.from(body) });
		const hear = ({ id, secondsOld, isOfSiro, ...flags }: typeof one) =>
			signWith(isOfSiro ? secrets : [UNKNOWN_SECRET], id, payloadWith(flags), secondsOld);
		const original = hear(one);
		const loot: Loot = {
			delivery: original,
			other: () => hear(another),
			signedYesterday: (body: string) => signWith(secrets, one.id, body, DAY_SECONDS),
			nowSeconds: now,
		};
		const { headers, body } = chosen.reduce(
			(request, { name, dice }) => MUTATIONS[name](request, dice, loot),
			{ headers: headersOf(original), body: original.body },
		);
		const origin = `${one.secondsOld} seconds old, of ${one.isOfSiro ? 'Siro' : 'somebody else'}`;
		const names = [origin, ...chosen.map(({ name }) => name)];
		const shown = { deeds: names, headers, body: body.toString('latin1').slice(0, 2000) };
		return {
			deeds: names,
			headers,
			body,
			signed: one.isOfSiro ? original : undefined,
			[fc.toStringMethod]: () => JSON.stringify(shown),
		};
	});
}

/** A processed recording, with characters that get lost when text is handled carelessly. */
function payloadWith(flags: object): string {
	return JSON.stringify({
		recordingProcessed: true,
		siroUserId: 'user-1',
		eventType: 'integrations.recordingLinked',
		crm: { users: [{ id: 'user-1', externalId: 'José/Ann\ufffd ﬁn' }], engagement: null },
		...flags,
	});
}
