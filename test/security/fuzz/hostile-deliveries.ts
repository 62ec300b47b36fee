import { Random } from '../../siro/random';
import { BODY_MUTATIONS } from './body-mutations';
import { below, pick, someBytes } from './chance';
import { HEADER_MUTATIONS } from './header-mutations';
import { headersOf, sign, type HeaderLine, type SignedDelivery } from './signed-delivery';

/** A request of an attacker who does not know the signing secrets. */
export interface HostileDelivery {
	/** What was done to which overheard delivery. */
	deeds: string[];
	headers: HeaderLine[];
	body: Buffer;
}

interface Overheard extends SignedDelivery {
	name: string;
}

const RENEW_AFTER = 500;

/**
 * Makes up deliveries as an attacker would who has overheard some, signed with the given secrets or
 * with others, and alters, mixes and replays them. The same seed gives the same deliveries.
 */
export class HostileSender {
	/** What was signed with the given secrets, and may be accepted while it is fresh. */
	signed: SignedDelivery[] = [];

	private overheard: Overheard[] = [];

	private sent = 0;

	constructor(
		private readonly random: Random,
		private readonly secrets: string[],
		private readonly nowSeconds: () => number,
	) {}

	next(): HostileDelivery {
		if (this.sent++ % RENEW_AFTER === 0) this.overhear();
		const { random } = this;
		const base = pick(random, this.overheard);
		const plan = random.next();
		if (plan < 0.05)
			return { deeds: [base.name, 'unaltered'], headers: headersOf(base), body: base.body };
		if (plan < 0.07) return this.cutElsewhere();

		const deeds = [base.name];
		let body = base.body;
		let headers = headersOf(base);
		const alterBody = () => {
			const name = pick(random, Object.keys(BODY_MUTATIONS));
			deeds.push(name);
			body = BODY_MUTATIONS[name](body, random);
		};
		const alterHeaders = () => {
			const name = pick(random, Object.keys(HEADER_MUTATIONS));
			deeds.push(name);
			const other = pick(random, this.overheard);
			const loot = { delivery: base, other, nowSeconds: this.nowSeconds() };
			headers = HEADER_MUTATIONS[name](headers, random, loot);
		};
		if (plan < 0.6) alterBody();
		if (plan >= 0.5) alterHeaders();
		if (below(random, 5) === 0) pick(random, [alterBody, alterHeaders])();
		return { deeds, headers, body };
	}

	/**
	 * What is signed is `id.time.body`. Here one signed text is cut at later full stops: the ID is
	 * all up to a number that stands in the body, the time that number, the body what is left.
	 */
	private cutElsewhere(): HostileDelivery {
		const now = this.nowSeconds();
		const rest = JSON.stringify(newPayload(this.random));
		const delivery = this.record(`{"note":"before.${now}.${rest}`, now - 86_400);
		const text = delivery.body.toString();
		const start = text.indexOf('.');
		return {
			deeds: ['cut elsewhere'],
			headers: headersOf({
				...delivery,
				id: `${delivery.id}.${delivery.timestamp}.${text.slice(0, start)}`,
				timestamp: String(now),
			}),
			body: Buffer.from(rest),
		};
	}

	private overhear(): void {
		const { random } = this;
		const now = this.nowSeconds();
		const unknownSecret = `whsec_${someBytes(random, 24).toString('base64')}`;
		const own = (name: string, timestamp: number, change: object = {}): Overheard => ({
			name,
			...this.record(JSON.stringify({ ...newPayload(random), ...change }), timestamp),
		});
		const fresh = own('fresh', now - below(random, 100));
		const others = [
			own('another fresh one', now + below(random, 100), { recordingLinked: false }),
			own('old', now - 301 - below(random, 1_000_000)),
			own('from the future', now + 400 + below(random, 1_000_000)),
		];
		const foreign = {
			name: 'of an unknown secret',
			...sign([unknownSecret], { ...fresh, id: `msg_${random.text(27)}` }),
		};
		// Fresh ones are the most dangerous: what is altered is then the only reason to refuse them.
		this.overheard = [fresh, fresh, fresh, fresh, ...others, foreign];
		this.signed = [fresh, ...others];
	}

	private record(body: string, timestamp: number): SignedDelivery {
		return sign(this.secrets, {
			id: `msg_${this.random.text(27)}`,
			timestamp: String(timestamp),
			body: Buffer.from(body),
		});
	}
}

/** A ready event, with characters that get lost when text is handled carelessly. */
function newPayload(random: Random) {
	return {
		recordingId: random.uuid(),
		siroUserId: random.uuid(),
		recordingProcessed: true,
		recordingLinked: true,
		eventType: pick(random, ['integrations.recordingProcessed', 'integrations.recordingLinked']),
		crm: {
			integrationConnectionId: random.uuid(),
			users: [{ id: random.uuid(), externalId: 'José/Ann\ufffd ﬁn' }],
			engagement: null,
		},
	};
}
