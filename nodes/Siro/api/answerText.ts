import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../values/values';

const LONGEST_EXCERPT = 600;

/** `X-Goog-Signature=…`, `Signature=…`, `sig=…`, also where the address is encoded once more. */
const SIGNATURE_IN_ADDRESS = /((?:signature|\bsig)(?:=|%3D))[^\s&"'<>\\]+/gi;

/**
 * Says in one line what is in the body of a failed answer. Siro documents `{error, details?}`
 * (platform) and `{code, message}` (gateway), OAuth 2.0 `{error, error_description}`; elsewhere plain text and HTML are to be expected. The
 * secrets are taken out: Siro may repeat what it was sent.
 */
export function describeAnswerBody(body: unknown, secrets: string[]): string {
	// Redacted before it is cut, or the first part of a secret could stay.
	return shorten(redact(describe(body), secrets).replace(/\s+/g, ' ').trim());
}

/**
 * Takes secrets out of a text that is going to be shown or stored: the given ones, and what signs an
 * address of a file, with which anybody could fetch it.
 */
export function redact(text: string, secrets: string[]): string {
	const safe = secrets.reduce((rest, secret) => rest.split(secret).join('[hidden]'), text);
	return safe.replace(SIGNATURE_IN_ADDRESS, '$1[hidden]');
}

/** Whether a body is a web page rather than an answer of an API. */
export function isHtml(body: unknown): body is string {
	return typeof body === 'string' && /^\s*<(!doctype|html|head|body)/i.test(body);
}

function describe(body: unknown): string {
	if (isHtml(body)) return describeHtml(body);
	if (typeof body === 'string') return body;
	if (Array.isArray(body)) return joinTexts(body.map(describe), '; ');
	if (!isRecord(body)) return body === undefined || body === null ? '' : String(body);

	const what = describe(body.message ?? body.error ?? body.reason);
	const details = describe(body.details ?? body.issues ?? body.errors ?? body.error_description);
	const said = joinTexts([what, details], ': ');
	if (said === '') return describeFields(body);
	return joinTexts([describePlace(body.path ?? body.instancePath ?? body.field), said], ': ');
}

/** Details may also be given as field → what is wrong with it. */
function describeFields(fields: IDataObject): string {
	const texts = Object.entries(fields).map(([name, value]) => {
		const text = describe(value);
		return text === '' ? '' : `${name}: ${text}`;
	});
	return joinTexts(texts, '; ');
}

function joinTexts(texts: string[], separator: string): string {
	return texts.filter((text) => text !== '').join(separator);
}

function describePlace(place: unknown): string {
	if (Array.isArray(place)) return place.join('.');
	return typeof place === 'string' ? place : '';
}

function describeHtml(page: string): string {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(page)?.[1] ?? '';
	return title.trim() === '' ? 'a web page' : `a web page titled "${title.trim()}"`;
}

function shorten(text: string): string {
	return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text;
}
