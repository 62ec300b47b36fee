import { UserError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { SiroClient } from '../api/client';
import { SiroConnection } from '../api/connection';
import type { SiroRequest } from '../api/request';
import type { Kind, Listing } from '../parameters/kinds';
import { askOwnOrganizationId, listOfOrganization } from '../parameters/organization';
import { isLocatorValue } from '../runner/definitions';
import { toText } from '../values/text';

/**
 * The list of a kind of record, as the editor asks for it: the first page, and who fetches it. A
 * `UserError` says that something else in the node must be filled in first.
 */
export async function openList(
	context: ILoadOptionsFunctions,
	kind: Kind,
	{ plural, needs, request }: Listing,
): Promise<{ client: SiroClient; list: SiroRequest }> {
	const needed = needs && { [needs.parameter]: readParameter(context, needs.parameter) };
	if (needs && !needed?.[needs.parameter]) {
		throw new UserError(`Choose ${needs.label} first`, {
			description: `Siro lists ${plural} by ${needs.label.toLowerCase()}.`,
		});
	}
	const siro = await SiroConnection.open(context, { maxAttempts: 2, timeout: 20_000 });
	const client = new SiroClient(siro, { action: `List ${plural}` });
	const list = kind.organization
		? listOfOrganization(
				kind,
				readParameter(context, 'organizationId') ?? (await askOwnOrganizationId(client)),
			)
		: { surface: kind.surface, path: kind.path, ...request };
	return { client, list: { ...list, query: { ...list.query, ...needed } } };
}

/** What a parameter of the node says, where there is such a parameter; of a locator, the ID. */
function readParameter(context: ILoadOptionsFunctions, name: string): string | undefined {
	const value: unknown = context.getCurrentNodeParameter(name);
	return toText(isLocatorValue(value) ? value.value : value) || undefined;
}
