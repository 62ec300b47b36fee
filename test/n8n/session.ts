/* eslint-disable @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { randomUUID } from 'node:crypto';

const OWNER = {
	email: 'owner@siro.example',
	// eslint-disable-next-line @n8n/community-nodes/no-hardcoded-secrets -- of an n8n that tests throw away
	password: 'Only-for-tests-1',
	firstName: 'Olivia',
	lastName: 'Owner',
};

type Query = Record<string, string | number | undefined>;

/** A signed-in browser, as far as n8n's REST API can tell. */
export class Session {
	/** How the owner signs in to the editor by hand. */
	static readonly login = { email: OWNER.email, password: OWNER.password };

	private readonly browserId = randomUUID();

	private cookie = '';

	private constructor(readonly url: string) {}

	/** Signs the instance's owner in, and sets the owner up first if there is none. */
	static async signIn(url: string): Promise<Session> {
		const session = new Session(url);
		try {
			await session.post('owner/setup', OWNER);
		} catch (error) {
			if (!String(error).includes('already setup')) throw error;
			const { email, password } = OWNER;
			await session.post('login', { emailOrLdapLoginId: email, password });
		}
		return session;
	}

	async get<Answer>(path: string, query: Query = {}): Promise<Answer> {
		return await answerOf(await this.fetch('GET', path, query));
	}

	async post<Answer>(path: string, body: object = {}): Promise<Answer> {
		return await answerOf(await this.fetch('POST', path, {}, body));
	}

	async patch<Answer>(path: string, body: object): Promise<Answer> {
		return await answerOf(await this.fetch('PATCH', path, {}, body));
	}

	/** The bytes of something that is not JSON. */
	async download(path: string, query: Query): Promise<Buffer> {
		return Buffer.from(await (await this.fetch('GET', path, query)).arrayBuffer());
	}

	/** Fails with what n8n says, as its editor would show it. */
	private async fetch(method: string, path: string, query: Query, body?: object) {
		const url = new URL(`rest/${path}`, this.url);
		for (const [name, value] of Object.entries(query)) {
			if (value !== undefined) url.searchParams.set(name, String(value));
		}
		const response = await fetch(url, {
			method,
			headers: {
				'browser-id': this.browserId,
				// A kept connection could be one that n8n has just dropped.
				connection: 'close',
				'content-type': 'application/json',
				cookie: this.cookie,
			},
			body: JSON.stringify(body),
		});
		const [cookie] = response.headers.getSetCookie();
		if (cookie) [this.cookie] = cookie.split(';');
		if (response.ok) return response;
		throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
	}
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
	const { data } = (await response.json()) as { data: Answer };
	return data;
}
