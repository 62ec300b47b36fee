import './environment';

import { LoadOptionsContext } from 'n8n-core';
import {
	UnexpectedError,
	type INodeListSearchResult,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { saveWorkflow, type NodeSetUp } from './saved-workflow';

export interface Menu extends NodeSetUp {
	/** A name under the node's `methods.loadOptions`, or `methods.listSearch`. */
	method: string;
	/** Where the parameter stands among the parameters. */
	path?: string;
}

export interface ListSearch extends Menu {
	filter?: string;
	/** From the result of the call before. */
	paginationToken?: string;
}

/** Fetches one page of a resource locator's list, as the editor does. */
export async function searchList(search: ListSearch): Promise<INodeListSearchResult> {
	const { nodeType, method, filter, paginationToken } = search;
	const searchMethod = required(nodeType.methods?.listSearch?.[method], method);
	return await searchMethod.call(contextOf(search), filter, paginationToken);
}

/** Fetches the entries of a menu, as the editor does. */
export async function loadMenu(menu: Menu): Promise<INodePropertyOptions[]> {
	const { nodeType, method } = menu;
	return await required(nodeType.methods?.loadOptions?.[method], method).call(contextOf(menu));
}

function required<Method>(method: Method | undefined, name: string): Method {
	if (method === undefined) throw new UnexpectedError(`The node has no method "${name}"`);
	return method;
}

function contextOf(menu: Menu): LoadOptionsContext {
	const saved = saveWorkflow(menu);
	const workflow = saved.load();
	const node = saved.nodeIn(workflow);
	const additionalData = {
		...saved.additionalData('internal'),
		currentNodeParameters: node.parameters,
	};
	return new LoadOptionsContext(workflow, node, additionalData, menu.path ?? 'parameters');
}
