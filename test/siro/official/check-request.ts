import type { Document } from '../openapi/document';
import { Description, type DescribedRequest } from '../openapi/description';

const descriptions = new WeakMap<Document, Description>();

/** A document of Siro's, ready to be asked. */
export function describedBy(document: Document): Description {
	const description = descriptions.get(document) ?? new Description(document);
	descriptions.set(document, description);
	return description;
}

/** What is wrong with a request, by the official document; nothing if all is well. */
export function checkRequest(document: Document, request: DescribedRequest): string[] {
	return describedBy(document).checkRequest(request);
}
