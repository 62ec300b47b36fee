import './environment';

import { HookContext } from 'n8n-core';
import type { WebhookSetupMethodNames } from 'n8n-workflow';

import { webhookOf, type SavedWorkflow } from './saved-workflow';

/** Calls the trigger's `checkExists` and, if that says no, `create`, as n8n does on activation. */
export async function activateTrigger(saved: SavedWorkflow): Promise<void> {
	const workflow = saved.load();
	const node = saved.nodeIn(workflow);
	const additionalData = saved.additionalData('trigger');
	const webhook = webhookOf(saved, additionalData, 'production');
	const call = async (name: WebhookSetupMethodNames) =>
		await saved.nodeType.webhookMethods?.[webhook.webhookDescription.name]?.[name]?.call(
			new HookContext(workflow, node, additionalData, 'trigger', 'activate', webhook),
		);
	if (!(await call('checkExists'))) await call('create');
	saved.saveStaticData(workflow);
}
