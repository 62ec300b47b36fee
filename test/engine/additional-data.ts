import './environment';

import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialsHelper,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

const INSTANCE_URL = 'https://n8n.example.com';

let executions = 0;

async function notPartOfTheseTests(): Promise<never> {
	throw new UnexpectedError('Not part of these tests');
}

/** What the n8n CLI hands to n8n-core with each execution (`getBase` in the CLI). */
export function additionalDataFor(
	workflow: IWorkflowBase,
	mode: WorkflowExecuteMode,
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData {
	executions += 1;
	const executionId = String(executions);
	return {
		credentialsHelper,
		executionId,
		workflowId: workflow.id,
		workflowSettings: workflow.settings,
		currentNodeExecutionIndex: 0,
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflow),
		externalSecretsProxy: new ExternalSecretsProxy(),
		variables: {},
		restApiUrl: `${INSTANCE_URL}/rest`,
		instanceBaseUrl: `${INSTANCE_URL}/`,
		formBaseUrl: `${INSTANCE_URL}/form`,
		formTestBaseUrl: `${INSTANCE_URL}/form-test`,
		formWaitingBaseUrl: `${INSTANCE_URL}/form-waiting`,
		webhookBaseUrl: `${INSTANCE_URL}/webhook`,
		webhookTestBaseUrl: `${INSTANCE_URL}/webhook-test`,
		webhookWaitingBaseUrl: `${INSTANCE_URL}/webhook-waiting`,
		mcpBaseUrl: `${INSTANCE_URL}/mcp`,
		mcpTestBaseUrl: `${INSTANCE_URL}/mcp-test`,
		logAiEvent: () => {},
		executeWorkflow: notPartOfTheseTests,
		getRunExecutionData: notPartOfTheseTests,
		getRuntimeCredential: notPartOfTheseTests,
		startRunnerTask: notPartOfTheseTests,
	};
}
