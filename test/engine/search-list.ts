import './environment';

import { LoadOptionsContext } from 'n8n-core';
import { UnexpectedError, type INodeListSearchResult } from 'n8n-workflow';

import { saveWorkflow, type NodeSetUp } from './saved-workflow';

export interface ListSearch extends NodeSetUp {
	/** A name under the node's `methods.listSearch`. */
	method: string;
	filter?: string;
	/** From the result of the call before. */
	paginationToken?: string;
	/** Where the resource locator stands among the parameters. */
	path?: string;
}

/** Fetches one page of a resource locator's list, as the editor does. */
export async function searchList(search: ListSearch): Promise<INodeListSearchResult> {
	const { nodeType, method, filter, paginationToken, path = 'parameters' } = search;
	const searchMethod = nodeType.methods?.listSearch?.[method];
	if (searchMethod === undefined) {
		throw new UnexpectedError(`The node has no list search "${method}"`);
	}
	const saved = saveWorkflow(search);
	const workflow = saved.load();
	const node = saved.nodeIn(workflow);
	const additionalData = {
		...saved.additionalData('internal'),
		currentNodeParameters: node.parameters,
	};
	const context = new LoadOptionsContext(workflow, node, additionalData, path);
	return await searchMethod.call(context, filter, paginationToken);
}
