import nock from 'nock';

const EXTERNAL_API = 'https://functions.siro.ai/api-externalApi';
const PLATFORM_API = 'https://api.siro.ai';

/** A request that a node sent. */
export interface RecordedRequest {
	method: string;
	/** The whole address, without the query. */
	url: string;
	/** Decoded; a parameter that occurs several times has an array. */
	query: Record<string, string | string[]>;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Parsed if it is JSON, else text (hexadecimal if it is not UTF-8), undefined if empty. */
	body: unknown;
}

const requests: RecordedRequest[] = [];
const unexpectedRequests: string[] = [];

// The tests' own webhook deliveries go to a server in this process.
const isThisProcess = (host: string) => host.startsWith('127.0.0.1');

nock.emitter.on('no match', ({ method, url }) => {
	if (!isThisProcess(new URL(url).host)) unexpectedRequests.push(`${method} ${url}`);
});

beforeAll(() => {
	if (!nock.isActive()) nock.activate();
	nock.disableNetConnect();
	nock.enableNetConnect(isThisProcess);
});

beforeEach(() => {
	requests.splice(0);
	unexpectedRequests.splice(0);
});

// A node may well swallow a failed request, so a test that sent one too many or too few fails here.
afterEach(() => expect(strayRequests()).toEqual({ unexpected: [], unsent: [] }));

/** Requests that no test has prepared an answer for, and answers that none came for; forgets both. */
export function strayRequests(): { unexpected: string[]; unsent: string[] } {
	const unsent = nock.pendingMocks();
	nock.abortPendingRequests();
	nock.cleanAll();
	return { unexpected: unexpectedRequests.splice(0), unsent };
}

afterAll(() => nock.restore());

/** Answers for an address; requests that it receives are recorded. */
export function recordedScope(address: string): nock.Scope {
	const scope = nock(address);
	scope.on('request', (request: Request, _interceptor: nock.Interceptor, body: string) => {
		requests.push(toRecordedRequest(request, body));
	});
	return scope;
}

/** Siro's external API: `siroApi().get('/v1/core/…').query({…}).reply(200, {…})`. */
export const siroApi = (): nock.Scope => recordedScope(EXTERNAL_API);

/** Siro's platform API. */
export const platformApi = (): nock.Scope => recordedScope(PLATFORM_API);

/** What was sent since the test began, in the order of sending. */
export const recordedRequests = (): readonly RecordedRequest[] => requests;

function toRecordedRequest({ method, url, headers }: Request, body: string): RecordedRequest {
	const { origin, pathname, searchParams } = new URL(url);
	const query: RecordedRequest['query'] = {};
	for (const name of new Set(searchParams.keys())) {
		const values = searchParams.getAll(name);
		query[name] = values.length === 1 ? values[0] : values;
	}
	const isJson = headers.get('content-type')?.includes('json') ?? false;
	return {
		method,
		url: origin + pathname,
		query,
		headers: Object.fromEntries(headers),
		body: body === '' ? undefined : isJson ? JSON.parse(body) : body,
	};
}
