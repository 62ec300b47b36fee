import { path } from '../../api/path';
import type { OperationItem } from '../../runner/operation';
import { readLocator } from '../../parameters/locators';

/** The account that the item's locator names, as a request takes it. */
export function accountWithId(item: OperationItem) {
	const { id } = readLocator(item, 'accountId');
	return {
		path: path`/v1/integrations/accounts/${id}`,
		subject: { kind: 'account', id },
	};
}
