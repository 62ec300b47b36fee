import type { GenericValue, IDataObject } from 'n8n-workflow';

import { toAmount } from '../values/amount';
import { byName } from '../values/byName';
import { isBlank, isRecord } from '../values/values';

/** A CRM field that an extracted value belongs in. */
export interface Mapping {
	crmModelName: string;
	crmFieldName: string;
}

/** A value that Siro extracted from a conversation: text, number, boolean, a list of these, or none. */
export interface Extraction {
	name: string;
	value: IDataObject[string];
	/** The number that the value says, if it is one clear number. */
	number: number | null;
	mappings: Mapping[];
}

/** What has become of an extraction that is finished: at most, it was written into the CRM, too. */
const FINISHED = new Set<unknown>(['SUCCESS', 'SYNCED']);

/**
 * Gives the extractions of a recording in one shape, wherever they come from: the external API has a
 * flat list of finished ones, the platform API nests the values per definition, in any status.
 * Only values of finished extractions are given.
 */
export function readExtractions(entityExtractions: unknown): Extraction[] {
	if (!Array.isArray(entityExtractions)) return [];
	return entityExtractions
		.filter(isRecord)
		.flatMap((extraction) =>
			'extraction' in extraction ? readDefinition(extraction) : [readExtraction(extraction)],
		);
}

/** What Siro has found of a value: of a list, what is not blank; `undefined` if it is nothing. */
export function toFound(value: Extraction['value']): Extraction['value'] | undefined {
	const found = Array.isArray(value) ? value.filter((one: unknown) => !isBlank(one)) : value;
	return isBlank(found) ? undefined : (found as Extraction['value']);
}

/** The values by their names. */
export function toValuesByName(extractions: Extraction[]): Record<string, IDataObject[string]> {
	return byName(extractions.map(({ name, value }) => [name, value]));
}

function readDefinition(definition: IDataObject): Extraction[] {
	const { status, extraction, mappings, siroEntityDefinitionName } = definition;
	if (status !== undefined && !FINISHED.has(status)) return [];
	if (!Array.isArray(extraction)) return [];
	return extraction.filter(isRecord).map((value: IDataObject) =>
		readExtraction({
			...value,
			name: value.name ?? siroEntityDefinitionName,
			mappings: value.mappings ?? mappings,
		}),
	);
}

function readExtraction({ name, value, mappings }: IDataObject): Extraction {
	return {
		name: String(name ?? ''),
		value: value ?? (null as GenericValue),
		number: toAmount(value) ?? null,
		mappings: Array.isArray(mappings) ? mappings.filter(isRecord).flatMap(readMapping) : [],
	};
}

function readMapping({ crmModelName, crmFieldName }: IDataObject): Mapping[] {
	if (typeof crmModelName !== 'string' || typeof crmFieldName !== 'string') return [];
	return [{ crmModelName, crmFieldName }];
}
