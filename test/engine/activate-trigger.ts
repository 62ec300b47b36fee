import './environment';

import { HookContext } from 'n8n-core';

import { webhookOf, type SavedWorkflow } from './saved-workflow';

/** Calls the trigger's `checkExists` and, if that says no, `create`, as n8n does at an activation. */
export async function activateTrigger(saved: SavedWorkflow): Promise<void> {
	const workflow = saved.load();
	const additionalData = saved.additionalData('trigger');
	const webhook = webhookOf(saved, additionalData, 'production');
	const methods = saved.nodeType.webhookMethods?.[webhook.webhookDescription.name];
	const node = saved.nodeIn(workflow);
	const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate', webhook);
	const exists = await methods?.checkExists.call(context);
	if (!exists) await methods?.create.call(context);
	saved.saveStaticData(workflow);
}
