import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { RESOURCES } from './actions/registry';
import { listSearch } from './methods/listSearch';
import { loadOptions } from './methods/loadOptions';
import { toProperties } from './runner/properties';
import { run } from './runner/run';

export class Siro implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Siro',
		name: 'siro',
		icon: { light: 'file:siro.svg', dark: 'file:siro.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Send appointments and deals to Siro, and get recordings, summaries and extracted values back',
		defaults: { name: 'Siro' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'siroApi', required: true }],
		properties: toProperties(RESOURCES),
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const name = this.getNodeParameter('operation', 0);
		const operation = RESOURCES.find(({ value }) => value === resource)?.operations.find(
			({ value }) => value === name,
		);
		if (!operation) {
			throw new NodeOperationError(
				this.getNode(),
				`This version of the Siro node has no operation "${name}" for "${resource}"`,
				{ description: 'Choose the resource and the operation again.' },
			);
		}
		return [await run(this, operation)];
	}
}
