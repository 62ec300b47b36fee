import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { collect } from '../api/pagination';
import {
	CONVERSATION_TYPES,
	KINDS,
	RECORDINGS,
	TEAMS,
	USERS,
	type Kind,
} from '../parameters/kinds';
import { alphabetical } from '../values/alphabetical';
import { toText } from '../values/text';
import { openList } from './openList';

/** More than a menu can show at once; the IDs of others can be given by an expression. */
const MOST_CHOICES = 1000;

type Menu = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** What can be evaluated with a scorecard, by Siro's names for it. An organization has no menu. */
const EVALUATED = new Map([
	['RECORDING', RECORDINGS],
	['TEAM', TEAMS],
	['USER', USERS],
]);

/** The methods that fill the menus in which several records of a kind can be chosen. */
export const loadOptions: Record<string, Menu> = {
	...Object.fromEntries(
		KINDS.flatMap((kind): Array<[string, Menu]> => {
			const method = kind.listing?.menuMethod;
			return method ? [[method, menuOf(kind)]] : [];
		}),
	),
	getConversationTypeNames,
	getEvaluated,
};

function menuOf(kind: Kind): Menu {
	return async function () {
		return await readMenu(this, kind);
	};
}

/** The same by name, each name once. */
async function getConversationTypeNames(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const records = await readRecords(this, CONVERSATION_TYPES);
	const names = records.flatMap(({ displayName }) => toText(displayName) || []);
	return alphabetical([...new Set(names)].map((name) => ({ name, value: name })));
}

/** Records of the kinds that the parameter "Filter By" names. */
async function getEvaluated(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const chosen = [this.getCurrentNodeParameter('filterBy')].flat();
	const kinds = chosen.flatMap((name) => EVALUATED.get(String(name)) ?? []);
	const menus: INodePropertyOptions[][] = [];
	for (const kind of kinds) menus.push(await readMenu(this, kind));
	return menus.flat();
}

async function readMenu(
	context: ILoadOptionsFunctions,
	kind: Kind,
): Promise<INodePropertyOptions[]> {
	const { listing, idName = 'id' } = kind;
	const records = await readRecords(context, kind);
	const names = new Map(
		records.map((record) => [String(record[idName]), listing?.toName(record) ?? '']),
	);
	return alphabetical([...names].map(([value, name]) => ({ name, value })));
}

async function readRecords(context: ILoadOptionsFunctions, kind: Kind): Promise<IDataObject[]> {
	if (kind.listing === undefined) return [];
	const { client, list } = await openList(context, kind, kind.listing);
	return await collect(client, list, MOST_CHOICES);
}
