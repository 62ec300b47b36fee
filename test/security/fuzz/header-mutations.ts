import { createHash, createHmac } from 'node:crypto';

import type { Random } from '../../siro/random';
import { below, pick, sizeUpTo, someBytes } from './chance';
import type { HeaderLine, SignedDelivery } from './signed-delivery';

/** What an attacker has at hand. */
export interface Loot {
	/** The delivery whose headers are altered. */
	delivery: SignedDelivery;
	/** Another one, of another recording. */
	other: SignedDelivery;
	nowSeconds: number;
}

export type HeaderMutation = (headers: HeaderLine[], random: Random, loot: Loot) => HeaderLine[];

const SVIX_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'] as const;

const VERSIONS = ['v2', 'v0', 'v1a', 'V1', 'v01', 'v1 ', '', 'v1,v1', 'v1;', 'sha256'];

const NAME_CHANGES: Array<(name: string) => string> = [
	(name) => name.replaceAll('-', '_'),
	(name) => `x-${name}`,
	(name) => `${name}-`,
	(name) => name.replace('svix', 'svix-svix'),
];

const CONTENT_TYPES = [
	'text/plain',
	'application/json; charset=utf-16',
	'application/json; charset=utf-16le',
	'application/json; charset=no-such-charset',
	'application/json;charset=utf-7',
	'application/xml',
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'multipart/form-data',
	'multipart/mixed; boundary=x',
	'application/octet-stream',
	'application/vnd.api+json',
	'APPLICATION/JSON',
	'/',
	';;;',
	'',
];

/** Whatever is done to the headers; each is named, so that a failure tells what it was. */
export const HEADER_MUTATIONS: Record<string, HeaderMutation> = {
	'header missing': (headers, random) => without(headers, pick(random, SVIX_HEADERS)),
	'headers missing': (headers) => headers.filter(([name]) => !isSvix(name)),
	'header empty': (headers, random) => change(headers, pick(random, SVIX_HEADERS), () => ''),
	'header repeated': (headers, random) => {
		const name = pick(random, SVIX_HEADERS);
		return headers.flatMap((line) => (line[0] === name ? [line, line] : [line]));
	},
	'header contradicted': (headers, random, { other }) => {
		const name = pick(random, SVIX_HEADERS);
		const lie: HeaderLine = [name, pick(random, [valueOf(other, name), 'x', '', random.text(20)])];
		return below(random, 2) === 0 ? [lie, ...headers] : [...headers, lie];
	},
	'header huge': (headers, random) =>
		change(
			headers,
			pick(random, SVIX_HEADERS),
			(value) => value + 'a'.repeat(sizeUpTo(random, 12_000)),
		),
	'header with other characters': (headers, random) =>
		change(headers, pick(random, SVIX_HEADERS), (value) => {
			const characters = pick(random, [
				'é',
				'😀',
				'\u00a0',
				'\u0661',
				'\u200b',
				'\ufeff',
				'\u0001',
			]);
			// As the bytes that they are on the wire; Node reads those as Latin-1.
			const onTheWire = Buffer.from(characters, 'utf8').toString('latin1');
			return pick(random, [value + onTheWire, onTheWire + value, onTheWire]);
		}),
	'header name in other casing': (headers, random) =>
		headers.map(([name, value]) => [
			[...name].map((letter) => (below(random, 2) === 0 ? letter.toUpperCase() : letter)).join(''),
			value,
		]),
	'header name altered': (headers, random) => {
		const rename = pick(random, NAME_CHANGES);
		const chosen = pick(random, SVIX_HEADERS);
		return headers.map(([name, value]) => [name === chosen ? rename(name) : name, value]);
	},
	'webhook-* instead of svix-*': (headers, random) => {
		const chosen = pick<readonly string[]>(random, [SVIX_HEADERS, [pick(random, SVIX_HEADERS)]]);
		return headers.map(([name, value]) => [
			chosen.includes(name) ? name.replace('svix-', 'webhook-') : name,
			value,
		]);
	},
	'webhook-* beside altered svix-*': (headers, random) => [
		...change(headers, pick(random, SVIX_HEADERS), (value) => `${value}x`),
		...headers
			.filter(([name]) => isSvix(name))
			.map(([name, value]) => [name.replace('svix-', 'webhook-'), value] as const),
	],
	'__proto__ as header name': (headers, random) => [
		...without(headers, pick(random, SVIX_HEADERS)),
		['__proto__', 'svix-id'],
		['constructor', 'x'],
	],

	'other signature version': (headers, random) =>
		changeSignature(headers, (value) => value.replace(/^v1/, pick(random, VERSIONS))),
	'signature with more behind it': (headers, random) =>
		changeSignature(headers, (value) => value + pick(random, [',', ',x', ',v1', '=', 'A', ';'])),
	'signature with other spaces': (headers, random) =>
		changeSignature(headers, (value) =>
			value.replace(',', pick(random, [', ', ' ,', ',\t', '  '])),
		),
	'one character of the signature': (headers, random) =>
		changeSignature(headers, (value) => {
			const at = 3 + below(random, value.length - 3);
			return value.slice(0, at) + pick(random, [...'ABCabc019+/=-_ ']) + value.slice(at + 1);
		}),
	'signature cut off': (headers, random) =>
		changeSignature(headers, (value) => value.slice(0, below(random, value.length))),
	'signature in another alphabet': (headers, random) =>
		changeSignature(headers, (value) => {
			const bytes = Buffer.from(value.slice(3, 47), 'base64');
			return `v1,${pick(random, [
				bytes.toString('hex'),
				bytes.toString('base64url'),
				bytes.toString('base64').replace(/=+$/, ''),
				`${bytes.toString('base64')}==`,
				bytes.toString('latin1').replace(/[^ -~]/g, ''),
				encodeURIComponent(bytes.toString('base64')),
			])}`;
		}),
	// The last character holds two bits that no decoder looks at.
	'signature with other unused bits': (headers, random) =>
		changeSignature(headers, (value) => value.replace(/.=$/, `${pick(random, [...'BFJNRVZ'])}=`)),
	'signature invented': (headers, random) =>
		changeSignature(headers, () => `v1,${someBytes(random, 32).toString('base64')}`),
	'signature of another length': (headers, random) =>
		changeSignature(headers, () => `v1,${someBytes(random, below(random, 80)).toString('base64')}`),
	'many invented signatures': (headers, random) =>
		changeSignature(headers, () =>
			Array.from(
				{ length: 1 + below(random, 150) },
				() => `v1,${someBytes(random, 32).toString('base64')}`,
			).join(' '),
		),
	'right signature among many': (headers, random) =>
		changeSignature(headers, (value) => {
			const invented = Array.from(
				{ length: below(random, 20) },
				() => `v${below(random, 3)},${random.text(43)}=`,
			);
			return [...invented, value, ...invented].join(' ');
		}),
	'weak key': (headers, random, { delivery }) => {
		const key = pick(random, ['', 'whsec_', '\0', '\0'.repeat(24), 'secret', 'undefined', 'null']);
		const { id, timestamp, body } = delivery;
		const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
		const signature = `v1,${digest.digest('base64')}`;
		return changeSignature(headers, () => signature);
	},
	'no key': (headers, random, { delivery }) => {
		const { id, timestamp, body } = delivery;
		const digest = createHash('sha256')
			.update(pick(random, [`${id}.${timestamp}.`, '']))
			.update(body);
		const signature = `v1,${digest.digest('base64')}`;
		return changeSignature(headers, () => signature);
	},
	'signature of another delivery': (headers, _random, { other }) =>
		changeSignature(headers, () => other.signatures.join(' ')),

	'other ID': (headers, random, { other }) =>
		change(headers, 'svix-id', (value) =>
			pick(random, [
				other.id,
				random.text(27),
				`${value}x`,
				value.slice(1),
				value.toUpperCase(),
				'*',
				'../x',
			]),
		),
	'ID and time of another delivery': (headers, _random, { other }) =>
		change(
			change(headers, 'svix-id', () => other.id),
			'svix-timestamp',
			() => other.timestamp,
		),
	'time made current': (headers, random, { nowSeconds }) =>
		change(headers, 'svix-timestamp', () => String(nowSeconds + below(random, 600) - 300)),
	'time of another form': (headers, random, { nowSeconds }) =>
		change(headers, 'svix-timestamp', (value) =>
			pick(random, otherForms(value, nowSeconds, random)),
		),

	'other content type': (headers, random) =>
		change(headers, 'content-type', () => pick(random, CONTENT_TYPES)),
	'no content type': (headers) => without(headers, 'content-type'),
	'other headers added': (headers, random) => [
		...headers,
		pick<HeaderLine>(random, [
			['origin', 'https://evil.example'],
			['x-http-method-override', 'GET'],
			['x-forwarded-for', '127.0.0.1'],
			['authorization', 'Bearer x'],
			['cookie', 'n8n-auth=x'],
			['accept-encoding', 'br'],
			['x-n8n-test', '1'],
		]),
	],
};

/** Ways to write a time that a lenient reader takes for the signed one, or for any other. */
function otherForms(value: string, nowSeconds: number, random: Random): string[] {
	return [
		`${value}x`,
		`${value}.5`,
		`${value}.`,
		`${value}e0`,
		`${value}n`,
		`${value},`,
		`${value} ${nowSeconds}`,
		`0${value}`,
		`+${value}`,
		`-${value}`,
		`0x${Number(value).toString(16)}`,
		`0b${Number(value).toString(2)}`,
		`${value}000`,
		`${nowSeconds / 1e9}e9`,
		new Date(nowSeconds * 1000).toISOString(),
		new Date(nowSeconds * 1000).toUTCString(),
		String(nowSeconds - 301 - below(random, 1e6)),
		String(nowSeconds + 301 + below(random, 1e6)),
		'0',
		'-1',
		'NaN',
		'Infinity',
		'null',
		'[object Object]',
		'now',
		'1e10',
		'1e400',
		'9'.repeat(1 + below(random, 400)),
		String(Number.MAX_SAFE_INTEGER),
		String(-(2 ** 63)),
		random.text(10),
	];
}

function isSvix(name: string): boolean {
	return name.startsWith('svix-');
}

function without(headers: HeaderLine[], unwanted: string): HeaderLine[] {
	return headers.filter(([name]) => name !== unwanted);
}

function change(
	headers: HeaderLine[],
	chosen: string,
	alter: (value: string) => string,
): HeaderLine[] {
	return headers.map(([name, value]) => [name, name === chosen ? alter(value) : value]);
}

function changeSignature(headers: HeaderLine[], alter: (value: string) => string): HeaderLine[] {
	return change(headers, 'svix-signature', alter);
}

function valueOf(
	{ id, timestamp, signatures }: SignedDelivery,
	name: (typeof SVIX_HEADERS)[number],
) {
	return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signatures.join(' ') }[
		name
	];
}
