import type { SiroRequest } from '../api/request';
import type { OperationItem } from '../runner/operation';

/**
 * Deletes a record; Siro answers `true`. Sending it again when the answer got lost does no harm: a
 * DELETE is idempotent (RFC 9110, 9.2.2), at worst Siro then says that there is no such record.
 */
export async function deleteRecord(
	item: OperationItem,
	request: Pick<SiroRequest, 'surface' | 'path' | 'query' | 'body' | 'subject'>,
): Promise<void> {
	await item.siro.confirm({ ...request, method: 'DELETE', repeatable: true });
}
