import type { Random } from '../../siro/random';
import { below, pick, sizeUpTo, someBytes } from './chance';

/** Makes another body out of a signed one. */
export type BodyMutation = (body: Buffer, random: Random) => Buffer;

/** n8n takes no more, unless it is told otherwise (N8N_PAYLOAD_SIZE_MAX). */
export const LARGEST_BODY = 16 * 1024 * 1024;

/** Each in the given number of hostile bodies is large enough to be slow. */
const RARELY = 400;

const POLLUTIONS = [
	'"__proto__":{"polluted":true,"recordingLinked":true}',
	'"constructor":{"prototype":{"polluted":true}}',
	'"__proto__.polluted":true,"recordingLinked":true',
	'"toString":null,"hasOwnProperty":1,"toJSON":{"a":1}',
	'"crm":{"__proto__":{"polluted":true}}',
];

const NUMBERS = ['1e999', '-1e999', '1e-999', '-0', '9007199254740993', '0x10', 'NaN', 'Infinity'];

const SURROGATES = ['\\ud800', '\\udfff', '\\udc00\\ud800', '\\uD83D', '\\u0000', '\\u202e'];

const INVALID_UTF8 = ['ff', 'fe', 'c0ae', 'eda080', 'e282', 'f4908080', 'f8888080', '80', '00'];

const OTHER_JSON = ['null', 'true', '0', '""', '[]', '{}', '[[]]', '"recordingId"', ' ', '\u0000'];

const CHARSETS = ['utf16le', 'latin1', 'base64', 'hex'] as const;

/** Whatever is done to the bytes; each is named, so that a failure tells what it was. */
export const BODY_MUTATIONS: Record<string, BodyMutation> = {
	'bits flipped': (body, random) => {
		const altered = Buffer.from(body);
		for (let flips = 1 + below(random, 8); flips > 0 && altered.length > 0; flips--) {
			altered[below(random, altered.length)] ^= 1 << below(random, 8);
		}
		return altered;
	},
	'cut off': (body, random) => body.subarray(0, below(random, body.length)),
	'beginning cut off': (body, random) => body.subarray(1 + below(random, body.length)),
	'bytes inserted': (body, random) => insert(body, someBytes(random, sizeUpTo(random, 64)), random),
	'bytes removed': (body, random) => {
		const start = below(random, body.length);
		const end = start + 1 + below(random, 16);
		return Buffer.concat([body.subarray(0, start), body.subarray(end)]);
	},
	'sent twice in one': (body) => Buffer.concat([body, body]),
	'piece repeated': (body, random) => {
		const start = below(random, body.length);
		return insert(body, body.subarray(start, start + 1 + below(random, 32)), random);
	},
	'flags turned': (body) =>
		replaceText(body, (text) => text.replace(/(true|false)/, (flag) => String(flag === 'false'))),
	'other recording': (body, random) =>
		replaceText(body, (text) =>
			text.replace(/"recordingId":"[^"]*"/, `"recordingId":"${random.uuid()}"`),
		),
	'key given twice': (body, random) =>
		withFields(
			body,
			pick(random, ['"recordingLinked":true', '"recordingId":"x"', '"eventType":1']),
			random,
		),
	'prototype polluted': (body, random) => withFields(body, pick(random, POLLUTIONS), random),
	'extreme number': (body, random) =>
		withFields(
			body,
			`"amount":${pick(random, [...NUMBERS, '9'.repeat(sizeUpTo(random, 5000))])}`,
			random,
		),
	'lone surrogate': (body, random) =>
		withFields(body, `"recordingId":"${pick(random, SURROGATES)}"`, random),
	'nested deeply': (body, random) => {
		const depth = sizeUpTo(random, below(random, RARELY) === 0 ? 500_000 : 5_000);
		const [open, close] = pick(random, [
			['[', ']'],
			['{"a":', '}'],
		]);
		const nested = `${open.repeat(depth)}0${below(random, 4) === 0 ? '' : close.repeat(depth)}`;
		return withFields(body, `"crm":${nested}`, random);
	},
	'invalid UTF-8': (body, random) =>
		insert(body, Buffer.from(pick(random, INVALID_UTF8), 'hex'), random),
	// Decoded, these bytes are the replacement character, which may well have been signed.
	'replacement character as invalid byte': (body, random) =>
		replaceBytes(body, Buffer.from('\ufffd'), Buffer.from(pick(random, ['ff', 'c0', 'fe']), 'hex')),
	'byte order mark': (body, random) =>
		Buffer.concat([Buffer.from(pick(random, ['efbbbf', 'feff', 'fffe']), 'hex'), body]),
	'other charset': (body, random) => Buffer.from(body.toString('utf8'), pick(random, CHARSETS)),
	'text encoded anew': (body, random) => Buffer.from(body.toString(pick(random, CHARSETS)), 'utf8'),
	'other normal form': (body, random) =>
		replaceText(body, (text) => text.normalize(pick(random, ['NFC', 'NFD', 'NFKC']))),
	'serialized again': (body, random) =>
		replaceText(body, (text) => {
			try {
				return JSON.stringify(JSON.parse(text), null, pick(random, ['\t', ' ', 2, 4]));
			} catch {
				return `${text} `;
			}
		}),
	'other escapes': (body, random) =>
		replaceText(body, (text) =>
			pick(random, [
				text.replaceAll('/', '\\/'),
				text.replace(
					/[a-z]/,
					(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
				),
				text.toUpperCase(),
			]),
		),
	'white space added': (body, random) => {
		const space = Buffer.from(pick(random, [' ', '\n', '\r\n', '\t', '\u00a0', '\0']));
		return pick(random, [Buffer.concat([body, space]), Buffer.concat([space, body])]);
	},
	'other JSON': (_body, random) => Buffer.from(pick(random, OTHER_JSON)),
	nothing: () => Buffer.alloc(0),
	noise: (_body, random) => someBytes(random, sizeUpTo(random, 2000)),
	'made large': (body, random) => {
		const size =
			below(random, RARELY) === 0 ? LARGEST_BODY - body.length : sizeUpTo(random, 100_000);
		return Buffer.concat([body, Buffer.alloc(size, pick(random, [' ', 'a', '\0', '[', 'é']))]);
	},
};

function insert(body: Buffer, piece: Buffer, random: Random): Buffer {
	const at = below(random, body.length + 1);
	return Buffer.concat([body.subarray(0, at), piece, body.subarray(at)]);
}

function replaceText(body: Buffer, replace: (text: string) => string): Buffer {
	return Buffer.from(replace(body.toString('utf8')), 'utf8');
}

function replaceBytes(body: Buffer, old: Buffer, replacement: Buffer): Buffer {
	const at = body.indexOf(old);
	if (at < 0) return body;
	return Buffer.concat([body.subarray(0, at), replacement, body.subarray(at + old.length)]);
}

/** Adds fields at the beginning or the end of an object. */
function withFields(body: Buffer, fields: string, random: Random): Buffer {
	return replaceText(body, (text) =>
		below(random, 2) === 0
			? text.replace('{', () => `{${fields},`)
			: text.replace(/\}\s*$/, () => `,${fields}}`),
	);
}
