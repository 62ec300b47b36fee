import {
	UnexpectedError,
	type INodeProperties,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { findDefinition } from './definitions';
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
	const definition = findDefinition(definitions, name);
	if (definition === undefined) throw new UnexpectedError(`There is no parameter "${name}"`);
	const value = readValue(definition, context.getNodeParameter(name, null), {
		timeZone: context.getTimezone(),
		hint: (text) => context.logger.warn(`"${context.getNode().name}": ${text}`),
	});
	return value === undefined ? fallback : (value as T);
}
