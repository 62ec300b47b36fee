import { UserError, type IDataObject } from 'n8n-workflow';

/** The body of an update; throws a `UserError` when there is nothing in it. */
export function requireChanges(body: IDataObject): IDataObject {
	if (Object.keys(body).length > 0) return body;
	throw new UserError('There is nothing to change', {
		description: 'Add at least one field under Update Fields and fill it in.',
	});
}
