/* eslint-disable @n8n/community-nodes/require-node-api-error, @n8n/community-nodes/no-hardcoded-secrets -- test code runs in Node, never inside n8n */
import { randomUUID } from 'node:crypto';

const owner = {
	email: 'owner@siro.example',
	password: 'Only-for-tests-1',
	firstName: 'Olivia',
	lastName: 'Owner',
};

type Query = Record<string, string | number | undefined>;

/** An answer of n8n's REST API that says no. */
export class RestError extends Error {
	constructor(
		request: string,
		readonly status: number,
		/** What n8n says, as its editor would show it. */
		readonly reason: string,
	) {
		super(`${request} was answered ${status}: ${reason}`);
	}
}

/** A signed-in browser, as far as n8n's REST API can tell. */
export class Session {
	/** How the owner signs in to the editor by hand. */
	static readonly login = { email: owner.email, password: owner.password };

	private readonly browserId = randomUUID();

	private cookie = '';

	private constructor(readonly url: string) {}

	/** Signs the instance's owner in, and sets the owner up first if there is none. */
	static async signIn(url: string): Promise<Session> {
		const session = new Session(url);
		try {
			await session.post('owner/setup', owner);
		} catch (error) {
			const hasOwner = error instanceof RestError && error.reason.includes('already setup');
			if (!hasOwner) throw error;
			await session.post('login', { emailOrLdapLoginId: owner.email, password: owner.password });
		}
		return session;
	}

	async get<Answer>(path: string, query: Query = {}): Promise<Answer> {
		return await this.request('GET', pathWithQuery(path, query));
	}

	async post<Answer>(path: string, body: object = {}): Promise<Answer> {
		return await this.request('POST', path, body);
	}

	async patch<Answer>(path: string, body: object): Promise<Answer> {
		return await this.request('PATCH', path, body);
	}

	async delete(path: string, query: Query = {}): Promise<void> {
		await this.request('DELETE', pathWithQuery(path, query));
	}

	/** The bytes of something that is not JSON. */
	async download(path: string, query: Query): Promise<Buffer> {
		const response = await this.fetch('GET', pathWithQuery(path, query));
		return Buffer.from(await response.arrayBuffer());
	}

	private async request<Answer>(method: string, path: string, body?: object): Promise<Answer> {
		const response = await this.fetch(method, path, body);
		const { data } = (await response.json()) as { data: Answer };
		return data;
	}

	private async fetch(method: string, path: string, body?: object): Promise<Response> {
		const response = await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: {
				'browser-id': this.browserId,
				// A kept connection could be one that n8n has just dropped.
				connection: 'close',
				'content-type': 'application/json',
				cookie: this.cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		this.keepCookie(response);
		if (!response.ok) {
			throw new RestError(`${method} /rest/${path}`, response.status, await reasonOf(response));
		}
		return response;
	}

	private keepCookie(response: Response): void {
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
	}
}

function pathWithQuery(path: string, query: Query): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined) parameters.set(name, String(value));
	}
	return parameters.size > 0 ? `${path}?${parameters.toString()}` : path;
}

async function reasonOf(response: Response): Promise<string> {
	const text = await response.text();
	try {
		const { message, description } = JSON.parse(text) as Record<string, string | undefined>;
		return [message, description].filter(Boolean).join(' ') || text;
	} catch {
		return text;
	}
}
