import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';

/** Starts a workflow: hands on what the execution was started with, as n8n does for a webhook. */
export const startType: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow with the items of the test',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	// Its presence is what makes the engine hand on the items.
	async webhook() {
		return {};
	},
};

/** Resolves the expressions in its one parameter for each item that it gets. */
export const readerType: INodeType = {
	description: {
		displayName: 'Reader',
		name: 'reader',
		group: ['transform'],
		version: 1,
		description: 'Resolves its parameter for each item',
		defaults: { name: 'Reader' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Options', name: 'options', type: 'json', default: {} }],
	},
	async execute() {
		return [
			this.getInputData().map((_, item) => ({
				json: this.getNodeParameter('options', item),
				pairedItem: { item },
			})),
		];
	},
};
