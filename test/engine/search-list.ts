import './environment';

import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult } from 'n8n-workflow';

import { saveWorkflow, type NodeSetUp } from './saved-workflow';

export interface ListSearch extends NodeSetUp {
	/** A name under the node's `methods.listSearch`. */
	method: string;
	filter?: string;
	/** From the result of the call before. */
	paginationToken?: string;
}

/** Fetches one page of a resource locator's list, as the editor does. */
export async function searchList(search: ListSearch): Promise<INodeListSearchResult> {
	const { [search.method]: searchMethod } = search.nodeType.methods?.listSearch ?? {};
	return await searchMethod.call(loadOptionsContext(search), search.filter, search.paginationToken);
}

/** What the editor calls the methods of lists and menus with. */
export function loadOptionsContext(menu: NodeSetUp): LoadOptionsContext {
	const saved = saveWorkflow(menu);
	const workflow = saved.load();
	const node = saved.nodeIn(workflow);
	const data = { ...saved.additionalData('internal'), currentNodeParameters: node.parameters };
	return new LoadOptionsContext(workflow, node, data, 'parameters');
}
