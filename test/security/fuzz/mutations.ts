import { createHash, createHmac } from 'node:crypto';

import { headersOf, type HeaderLine, type SignedDelivery } from './signed-delivery';

/** What an attacker has at hand. */
export interface Loot {
	/** The delivery that is altered. */
	delivery: SignedDelivery;
	other: () => SignedDelivery;
	/** One from yesterday, of a text that the attacker could choose. */
	signedYesterday: (body: string) => SignedDelivery;
	nowSeconds: number;
}

/** What chance decides about a mutation. */
export interface Dice {
	number: number;
	/** Small ones are as likely as large ones: 1 to 10 as 1,000 to 10,000. */
	size: number;
	bytes: Buffer;
}

interface Request {
	headers: HeaderLine[];
	body: Buffer;
}

export type Mutation = (request: Request, dice: Dice, loot: Loot) => Request;

/** n8n takes no more, unless it is told otherwise (N8N_PAYLOAD_SIZE_MAX). */
export const LARGEST_BODY = 16 * 1024 * 1024;

const SVIX_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'] as const;
const FIELDS = [
	...['"recordingLinked":true', '"recordingLinked":1', '"recordingProcessed":"true"'],
	...['"recordingId":"x"', '"eventType":1', '"amount":0x10'],
	...['1e999', '-1e999', '1e-999', '-0', '9007199254740993'].map((amount) => `"amount":${amount}`),
	...['\\ud800', '\\udc00\\ud800', '\\u0000', '\\u202e'].map((text) => `"recordingId":"${text}"`),
];
const POLLUTIONS = [
	'"__proto__":{"polluted":true,"recordingLinked":true}',
	'"constructor":{"prototype":{"polluted":true}}',
	'"toString":null,"hasOwnProperty":1,"toJSON":{"a":1}',
	'"crm":{"__proto__":{"polluted":true}}',
];
const INVALID_UTF8 = ['\xff', '\xc0\xae', '\xed\xa0\x80', '\xe2\x82', '\xf4\x90\x80\x80', '\x80'];
const CONTENT_TYPES = [
	...['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', ';;;', ''],
	...['application/json; charset=utf-16le', 'application/json; charset=none', 'application/xml'],
	...['multipart/form-data; boundary=x', 'multipart/form-data', 'APPLICATION/JSON', '/'],
];
const OTHER_HEADERS: HeaderLine[] = [
	['x-http-method-override', 'GET'],
	['x-forwarded-for', '127.0.0.1'],
	['authorization', 'Bearer x'],
	['cookie', 'n8n-auth=x'],
];
/** Ways to write a time that a lenient reader takes for the signed one, or for any other. */
const TIME_FORMS: Array<(time: string, nowSeconds: number) => string> = [
	...['x', '.5', '.', 'e0', 'n', ',', '000'].map((end) => (time: string) => time + end),
	...['0', '+', '-'].map((beginning) => (time: string) => beginning + time),
	(time, nowSeconds) => `${time} ${nowSeconds}`,
	(time) => `0x${Number(time).toString(16)}`,
	(_time, nowSeconds) => `${nowSeconds / 1e9}e9`,
	(_time, nowSeconds) => new Date(nowSeconds * 1000).toISOString(),
	...['0', '-1', 'NaN', 'Infinity', '1e400', '9'.repeat(400)].map((text) => () => text),
];
const ALPHABETS: Array<(signature: Buffer) => string> = [
	(signature) => signature.toString('hex'),
	(signature) => signature.toString('base64url'),
	(signature) => signature.toString('base64').replace('=', ''),
	(signature) => `${signature.toString('base64')}==`,
	(signature) => encodeURIComponent(signature.toString('base64')),
	// The last character holds two bits that no decoder looks at.
	(signature) => signature.toString('base64').replace(/.=$/, 'B='),
];

/** Whatever an attacker may do; each is named, so that a failure tells what it was. */
export const MUTATIONS: Record<string, Mutation> = {
	'bytes replaced': onBytes(splice),
	'sent twice in one': onBytes((body) => body + body),
	'made large': onBytes((body, { number, size }) =>
		body.padEnd(number % 400 ? body.length + size : LARGEST_BODY, pick(' a\0[', number)),
	),
	'byte order mark': onBytes(
		(body, { number }) => pick(['\xef\xbb\xbf', '\xfe\xff', '\xff\xfe'], number) + body,
	),
	'bytes that are no text': onBytes((body, { number, size }) => {
		const bytes = Buffer.from(pick(INVALID_UTF8, number), 'latin1');
		return splice(body, { number: size, size: 1, bytes });
	}),
	// Decoded, the byte is the replacement character, which was signed.
	'byte that reads like a signed character': onBytes((body, { number }) =>
		body.replace('\xef\xbf\xbd', pick(INVALID_UTF8, number)),
	),
	'other charset': (request, { number }) => {
		const charset = pick(['utf16le', 'latin1', 'base64', 'hex'] as const, number >> 1);
		const [from, to] = number % 2 ? (['utf8', charset] as const) : ([charset, 'utf8'] as const);
		return { ...request, body: Buffer.from(request.body.toString(from), to) };
	},

	'flag turned': onText((text) => text.replace(/true|false/, (flag) => String(flag === 'false'))),
	'other recording': onText((text) => text.replace(/(?<="recordingId":")./, '?')),
	'field added or given twice': onText(addField(({ number }) => pick(FIELDS, number))),
	'prototype polluted': onText(addField(({ number }) => pick(POLLUTIONS, number))),
	'nested deeply': onText(
		addField(({ number, size }) => {
			const [open, close] = pick(
				[
					['[', ']'],
					['{"a":', '}'],
					['[', ''],
				],
				number,
			);
			return `"crm":${open.repeat(size)}0${close.repeat(size)}`;
		}),
	),
	'other normal form': onText((text, { number }) =>
		text.normalize(pick(['NFC', 'NFD', 'NFKC'], number)),
	),
	'other escapes': onText((text, { number }) =>
		text.replace(
			pick([/\//g, /[a-z]/], number),
			(letter) => `\\u00${letter.charCodeAt(0).toString(16)}`,
		),
	),
	'white space added': onText((text, { number }) => {
		const space = pick([' ', '\n', '\r\n', '\t', '\u00a0', '\0'], number >> 2);
		return pick([text + space, space + text, text.replaceAll(',', `,${space}`)], number);
	}),
	'other JSON': onText((_text, { number }) =>
		pick(['null', 'true', '0', '""', '[]', '{}', '[[]]', '"recordingId"', ' ', ''], number),
	),
	// What is signed is `id.time.body`: cut at later full stops, one signed text is another request.
	'cut elsewhere': (_request, _dice, { delivery: { body }, signedYesterday, nowSeconds }) => {
		const signed = signedYesterday(`{"note":"before.${nowSeconds}.${body.toString()}`);
		const id = `${signed.id}.${signed.timestamp}.{"note":"before`;
		return { headers: headersOf({ ...signed, id, timestamp: String(nowSeconds) }), body };
	},

	'header missing, or all of them': onLines((line, name, { number }) =>
		line[0] === name || number & 1 ? [] : [line],
	),
	'header given twice': onLines((line, name) => (line[0] === name ? [line, line] : [line])),
	'header contradicted': onLines((line, name, { number }, { other }) => {
		if (line[0] !== name) return [line];
		const theirs = headersOf(other()).find(([header]) => header === name);
		const lie: HeaderLine = theirs && number & 1 ? theirs : [name, 'x'];
		return number & 4 ? [line, lie] : [lie, line];
	}),
	'header huge': onAnyValue((value, { size }) => value + 'a'.repeat(Math.min(size, 12_000))),
	'part of a header replaced': onAnyValue((value, dice) => {
		// Node refuses control characters in a header by itself.
		return splice(value, dice).replace(/[^\t\x20-\x7e\x80-\xff]/g, '~');
	}),
	// Svix's library takes `webhook-` as well; Siro never sends it.
	'headers under another name': onLines(([header, value], name, { number }) => {
		const renamed = header.replace('svix-', pick(['webhook-', 'svix_', 'x-svix-'], number >> 2));
		const line: HeaderLine = [header, header === name ? `${value}x` : value];
		return number & 1 ? [[renamed, value]] : [line, [renamed, value]];
	}),
	'__proto__ as a header': onLines((line, name) =>
		line[0] === name ? [['__proto__', name]] : [line],
	),

	'signature list empty': onValue('svix-signature', (_value, { number }) =>
		pick(['', ' ', ',', 'v1', 'v1,', 'v1,='], number),
	),
	'other signature version': onValue('svix-signature', (value, { number }) =>
		value.replace(/v1/g, pick(['v2', 'v1a', 'V1', 'v01', 'v1 ', '', 'v1,v1', 'sha256'], number)),
	),
	'signature in another alphabet': onValue(
		'svix-signature',
		(value, { number }) =>
			`v1,${pick(ALPHABETS, number)(Buffer.from(value.slice(3, 47), 'base64'))}`,
	),
	'signature with other separators': onValue('svix-signature', (value, { number }) =>
		value.replace(/,| |$/g, pick([', ', ' ,', ',,', ',\t', ';', '=', 'A '], number)),
	),
	'signature invented': onValue('svix-signature', (_value, { number, bytes }) =>
		Array(1 + (number % 150))
			.fill(toSignature(bytes))
			.join(' '),
	),
	'right signature among many': onValue('svix-signature', (value, { number, bytes }) =>
		[...Array<string>(number % 20).fill(toSignature(bytes)), value, 'v1a,AAAA'].join(' '),
	),
	'signature with a weak key, or none': onValue('svix-signature', (_value, { number }, loot) => {
		const { id, timestamp, body } = loot.delivery;
		const key = pick(['', 'whsec_', '\0', '\0'.repeat(24), 'secret', undefined], number);
		const hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
		return toSignature(hash.update(`${id}.${timestamp}.`).update(body).digest());
	}),
	'signature of another delivery': onValue('svix-signature', (_value, _dice, { other }) =>
		other().signatures.join(' '),
	),

	'other ID': onValue('svix-id', (id, { number }, { other }) =>
		pick([other().id, `${id}x`, id.slice(1), id.toUpperCase(), '*', '../x'], number),
	),
	'ID and time of another delivery': onLines((line, _name, _dice, { other }) =>
		line[0] === 'svix-signature' ? [line] : headersOf(other()).filter(([name]) => name === line[0]),
	),
	'ID and time swapped': onLines(([name, value], _name, _dice, { delivery }) => {
		if (name === 'svix-id') return [[name, delivery.timestamp]];
		return [[name, name === 'svix-timestamp' ? delivery.id : value]];
	}),
	'time made current': onValue('svix-timestamp', (_value, { number }, { nowSeconds }) =>
		String(nowSeconds - 300 + (number % 601)),
	),
	'time out of tolerance': onValue('svix-timestamp', (_value, { number, size }, { nowSeconds }) =>
		String(nowSeconds + (number & 1 ? 300 + size : -300 - size)),
	),
	'time of another form': onValue('svix-timestamp', (time, { number }, { nowSeconds }) =>
		pick(TIME_FORMS, number)(time, nowSeconds),
	),

	'other content type': onValue('content-type', (_value, { number }) =>
		pick(CONTENT_TYPES, number),
	),
	'header added': (request, { number }) => ({
		...request,
		headers: [...request.headers, pick(OTHER_HEADERS, number)],
	}),
};

function pick<T>(choices: ArrayLike<T>, number: number): T {
	return choices[number % choices.length];
}

function toSignature(bytes: Buffer): string {
	return `v1,${bytes.toString('base64')}`;
}

/** Puts bytes somewhere into a text of Latin-1, in the place of none, some or all behind it. */
function splice(text: string, { number, size, bytes }: Dice): string {
	const start = number % (text.length + 1);
	const removed = size - 1;
	return text.slice(0, start) + bytes.toString('latin1') + text.slice(start + removed);
}

/** Adds a field at the beginning or the end of an object. */
function addField(newField: (dice: Dice) => string) {
	return (text: string, dice: Dice) =>
		dice.number & 1
			? text.replace('{', () => `{${newField(dice)},`)
			: text.replace(/\}\s*$/, () => `,${newField(dice)}}`);
}

function onBytes(alter: (latin1: string, dice: Dice) => string): Mutation {
	return ({ headers, body }, dice) => ({
		headers,
		body: Buffer.from(alter(body.toString('latin1'), dice), 'latin1'),
	});
}

function onText(alter: (text: string, dice: Dice) => string): Mutation {
	return ({ headers, body }, dice) => ({
		headers,
		body: Buffer.from(alter(body.toString(), dice)),
	});
}

/** Puts other lines in the place of each; `name` is the header that was chosen. */
function onLines(
	alter: (line: HeaderLine, name: string, dice: Dice, loot: Loot) => HeaderLine[],
): Mutation {
	return ({ headers, body }, dice, loot) => {
		const name = pick(SVIX_HEADERS, dice.number >> 3);
		return { headers: headers.flatMap((line) => alter(line, name, dice, loot)), body };
	};
}

function onAnyValue(alter: (value: string, dice: Dice) => string): Mutation {
	return onLines(([name, value], chosen, dice) => [
		[name, name === chosen ? alter(value, dice) : value],
	]);
}

function onValue(
	chosen: string,
	alter: (value: string, dice: Dice, loot: Loot) => string,
): Mutation {
	return onLines(([name, value], _name, dice, loot) => [
		[name, name === chosen ? alter(value, dice, loot) : value],
	]);
}
