import { RESOURCES } from '../../nodes/Siro/actions/registry';
import type { ApiName } from '../siro/openapi/document';
import { OPERATION_CASES } from './index';

/** The operations whose cases send such a request, as the menus call them. */
export function operationsThatReach(api: ApiName, endpoint: string): string[] {
	const labels = OPERATION_CASES.filter(({ exchanges }) =>
		exchanges.some(
			({ surface = 'external', method, path, documentedPath = path }) =>
				surface === api && `${method} ${documentedPath}` === endpoint,
		),
	).map(({ resource, operation }) => labelOf(resource, operation));
	return [...new Set(labels)];
}

/** "Recording: Get Many". */
export function labelOf(resource: string, operation: string): string {
	const found = RESOURCES.find(({ value }) => value === resource);
	return `${found?.name}: ${found?.operations.find(({ value }) => value === operation)?.name}`;
}
