/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { parse as parseQuery } from 'node:querystring';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createInflate } from 'node:zlib';

import type { Request } from 'express';
import { jsonParse } from 'n8n-workflow';

// The rules of the n8n CLI's `body-parser` middleware and of `parseRequestBody` in its
// `webhook-helpers` (n8n 2.41.1), in our words, without forms and XML.

/** Gives a request n8n's own additions: `contentType`, `encoding`, `readRawBody()`, `rawBody`. */
export function offerRawBody(request: Request): void {
	request.contentType = request.headers['content-type']?.split(';')[0].toLowerCase();
	request.encoding = 'utf-8';
	request.readRawBody = async () => {
		if (request.rawBody) return;
		request.rawBody = await buffer(decompressed(request));
		request._body = true;
	};
}

/** Reads and parses the body before the node runs; `false` if it cannot be parsed. */
export async function parseBody(request: Request, nodeVersion: number): Promise<boolean> {
	const { contentType = '' } = request;
	const isJson = contentType === 'application/json';
	const isText = contentType === 'text/plain';
	const isForm = contentType === 'application/x-www-form-urlencoded';
	// From version 2 on a node reads a body of another type by itself.
	if (nodeVersion > 1 && !isJson && !isText && !isForm) return true;

	await request.readRawBody();
	if (request.rawBody.length === 0) return true;
	const text = request.rawBody.toString('utf-8');
	if (isText) request.body = text;
	if (isForm) request.body = parseQuery(text);
	if (!isJson) return true;
	try {
		request.body = jsonParse(text.replace(/^\uFEFF/, ''));
		return true;
	} catch {
		return false;
	}
}

function decompressed(request: Request) {
	switch (request.headers['content-encoding']) {
		case 'gzip':
			return request.pipe(createGunzip());
		case 'deflate':
			return request.pipe(createInflate());
		default:
			return request;
	}
}
