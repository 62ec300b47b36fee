import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const extraction: Resource = {
	value: 'extraction',
	name: 'Extraction',
	description: 'Values that Siro’s AI found in a recording, and the CRM fields they belong in',
	defaultOperation: operations.getCrmUpdates.value,
	operations: Object.values(operations),
};
