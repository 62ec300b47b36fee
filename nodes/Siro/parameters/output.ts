import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** A parameter for the ways in which an operation can give what belongs to one recording. */
export function output(ways: INodePropertyOptions[], defaultWay: string): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: ways,
		default: defaultWay,
		description: 'How to split the result into items',
	};
}
