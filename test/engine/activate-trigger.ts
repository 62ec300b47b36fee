import './environment';

import { HookContext } from 'n8n-core';
import type {
	WebhookSetupMethodNames,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { SavedWorkflow } from './saved-workflow';
import { webhookOf, type WebhookUrl } from './webhook-registration';

/**
 * Calls the trigger's `checkExists` and, if that says no, `create`, as n8n does when a workflow is
 * activated (`production`) or the editor listens for one test event (`test`).
 * Returns whether `create` was called.
 */
export async function activateTrigger(
	saved: SavedWorkflow,
	url: WebhookUrl = 'production',
): Promise<boolean> {
	const workflow = url === 'test' ? saved.loadForTest() : saved.load();
	const call = async (method: WebhookSetupMethodNames) =>
		url === 'test'
			? await callSetupMethod(saved, workflow, method, url, 'manual', 'manual')
			: await callSetupMethod(saved, workflow, method, url, 'trigger', 'activate');

	const exists = await call('checkExists');
	if (!exists) await call('create');

	if (url === 'test') saved.keepForTest(workflow);
	else saved.saveStaticData(workflow);
	return !exists;
}

/** Calls the trigger's `delete`, as n8n does on deactivation and when the editor stops listening. */
export async function deactivateTrigger(
	saved: SavedWorkflow,
	url: WebhookUrl = 'production',
): Promise<void> {
	const workflow = url === 'test' ? saved.loadForTest() : saved.load();
	// n8n passes these modes always, whatever the trigger was activated with.
	await callSetupMethod(saved, workflow, 'delete', url, 'internal', 'update');
	if (url === 'production') saved.saveStaticData(workflow);
}

async function callSetupMethod(
	saved: SavedWorkflow,
	workflow: Workflow,
	method: WebhookSetupMethodNames,
	url: WebhookUrl,
	mode: WorkflowExecuteMode,
	activation: WorkflowActivateMode,
): Promise<boolean> {
	const additionalData = saved.additionalData(mode);
	const webhook = webhookOf(saved, additionalData, url);
	const setupMethod = saved.nodeType.webhookMethods?.[webhook.webhookDescription.name]?.[method];
	// n8n takes a missing method for "does not exist".
	if (setupMethod === undefined) return false;
	const context = new HookContext(
		workflow,
		saved.nodeIn(workflow),
		additionalData,
		mode,
		activation,
		webhook,
	);
	return await setupMethod.call(context);
}
