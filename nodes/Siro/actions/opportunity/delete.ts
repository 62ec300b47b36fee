import { path } from '../../api/path';
import { findByExternalId } from '../../crm/lookup';
import { OPPORTUNITIES } from '../../parameters/kinds';
import { isExternal, OPPORTUNITY } from '../../parameters/locators';
import type { ItemOperation, OperationItem } from '../../runner/operation';

export const deleteOpportunity: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an opportunity',
	description: 'Delete a deal from Siro, by Siro’s own ID or the ID in your CRM',
	parameters: [OPPORTUNITY],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/integrations/opportunities/{id}. */
	async execute(item) {
		const ids = await readIds(item);
		await item.siro.confirm({
			method: 'DELETE',
			path: path`/v1/integrations/opportunities/${ids.id}`,
			subject: { kind: OPPORTUNITIES.noun, id: ids.id },
		});
		return { ...ids, deleted: true };
	},
};

/** Siro deletes opportunities by its own ID only, so an external ID is looked up first. */
async function readIds(item: OperationItem): Promise<{ id: string; externalId?: string }> {
	const named = item.locator(OPPORTUNITIES.parameter);
	const { id } = named;
	if (!isExternal(named)) return { id };
	const opportunity = await findByExternalId(item, OPPORTUNITIES, id);
	return { id: String(opportunity.id), externalId: id };
}
