import { SiroApi } from '../../credentials/SiroApi.credentials';
import { recordedScope, storeCredential, type StoredCredential } from '../engine';
import type { Exchange, OperationCase } from './operation-case';
import { addressOf, createCredential, STORAGE } from './run-case';
import { SECRETS } from './secrets';

const HOSTS = ['https://functions.siro.ai', 'https://api.siro.ai', STORAGE];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Answers whatever is sent to Siro's hosts, as in the case where it knows the address, and else 404. */
export function answerAnything({ exchanges }: OperationCase): void {
	const known = exchanges.map((exchange) => ({ exchange, pattern: toPattern(exchange) }));
	const answerTo = (method: string, address: string) => {
		const fitting = known.filter(
			({ exchange, pattern }) => exchange.method === method && pattern.test(address),
		);
		// The last one, so that a list ends.
		return fitting.at(-1)?.exchange;
	};
	for (const host of HOSTS) {
		for (const method of METHODS) {
			recordedScope(host)
				.intercept(/.*/, method)
				.query(true)
				.optionally()
				.reply(({ url }) => {
					const { origin, pathname } = new URL(url);
					const exchange = answerTo(method, origin + pathname);
					if (exchange === undefined) return [404, { error: 'Not found' }];
					return [exchange.status ?? 200, exchange.answer as object, exchange.answerHeaders];
				})
				.persist();
		}
	}
}

/** Where a request of this exchange may go, whatever is put in: each `{…}` stands for one segment. */
export function toPattern(exchange: Exchange): RegExp {
	const template = addressOf({ ...exchange, path: exchange.documentedPath ?? exchange.path });
	const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
	return new RegExp(`^${escaped.replace(/\{[^}]*\}/g, '([^/]+)')}$`);
}

let credentials = 0;

/** With tokens of its own, so that Siro's limit of requests per token does not slow the tests down. */
export function newCredential(kind: OperationCase['credential']): StoredCredential {
	const { data } = createCredential(kind);
	const number = ++credentials;
	return storeCredential(new SiroApi(), {
		...data,
		organizationToken: `${SECRETS.organization}-${number}`,
		clientId: `client-${number}`,
		accessToken: data.useOAuthApp ? `${SECRETS.user}-${number}` : '',
	});
}
