import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** A request that an operation must send, exactly, and Siro's answer to it. */
export interface Exchange {
	/** Default: the external API. `storage` stands for Google's, which must never see a secret. */
	surface?: 'external' | 'platform' | 'storage';
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below the base of the surface. */
	path: string;
	/** The path as Siro's OpenAPI documents write it, when `path` holds an ID. */
	documentedPath?: string;
	query?: Record<string, string | string[]>;
	body?: unknown;
	/** Headers that must be among those sent. */
	headers?: Record<string, string>;
	/** Default: 200. */
	status?: number;
	answer?: unknown;
	answerHeaders?: Record<string, string>;
}

/** A file that an item holds. */
export interface File {
	fileName: string;
	mimeType: string;
	content: string;
}

/** One operation, tried: the requests, the items that come out, and one failure. */
export interface OperationCase {
	/** What is special about it, when an operation has several cases. */
	title?: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
	/** Default: one empty item. */
	input?: INodeExecutionData[];
	/** Which credential the operation gets. Default: an organization token only. */
	credential?: 'organization' | 'readingUser' | 'writingUser' | 'clientApp';
	/** In the order of sending. */
	exchanges: Exchange[];
	/** The `json` of the items that come out. */
	output: IDataObject[];
	/** The files of the items that come out, by the names of their fields. Default: none. */
	files?: Array<Record<string, File>>;
	/** The input item, or items, that each output item is paired with. Default: the first, for all. */
	pairedWith?: Array<number | number[]>;
	/**
	 * What Siro answers to the first request instead, or what the user enters instead where nothing is
	 * sent, and what the user then reads.
	 */
	failure: {
		status?: number;
		answer?: unknown;
		parameters?: INodeParameters;
		message: RegExp;
	};
}

/** Of the cases’ workflows: nine hours ahead of UTC, so that a time without a zone shows how it was read. */
export const TIME_ZONE = 'Asia/Tokyo';

/** What a case is called in the names of tests. */
export const nameOf = ({ resource, operation, title }: OperationCase): string =>
	[`${resource}:${operation}`, title].filter(Boolean).join(' – ');
