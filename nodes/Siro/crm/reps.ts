import { UserError, type IDataObject } from 'n8n-workflow';

import type { OperationItem } from '../runner/operation';
import { isRecord, isBlank } from '../values/values';
import { toCrmRecord } from './record';

/** The entries of the collection "Reps" as Siro's `engagementUsers` or `opportunityUsers`. */
export function readReps(item: OperationItem): IDataObject[] {
	const { rep } = item.parameter<{ rep?: unknown }>('reps', {});
	if (!Array.isArray(rep)) return [];
	return rep.filter(isRecord).flatMap(readRep);
}

function readRep({ shareOfSale, ...fields }: IDataObject): IDataObject[] {
	// An untouched number field reads 0, which means "not said".
	const record = toCrmRecord(shareOfSale ? { ...fields, shareOfSale } : fields);
	if (record === undefined) return [];
	if (isBlank(record.externalId)) {
		throw new UserError('A rep has no External ID', {
			description: 'Enter the ID that the rep has in your CRM, or remove the rep.',
		});
	}
	return [record];
}
