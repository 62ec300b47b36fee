import type { INodeProperties, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { definitionOf } from './definitions';
import { readValue } from './readValue';

/**
 * A trigger's parameter, read by its definition as those of the operations are. `fallback` stands for a
 * value that says nothing. Throws a `UserError` that names the parameter for a value that cannot be meant.
 */
export function readParameter<T>(
	context: IPollFunctions | IWebhookFunctions,
	definitions: INodeProperties[],
	name: string,
	fallback: T,
): T {
	const definition = definitionOf(definitions, name);
	const value = readValue(definition, context.getNodeParameter(name, null), {
		timeZone: context.getTimezone(),
		hint: (text) => context.logger.warn(`"${context.getNode().name}": ${text}`),
	});
	return value === undefined ? fallback : (value as T);
}
