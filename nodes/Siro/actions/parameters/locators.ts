import type { INodeProperties } from 'n8n-workflow';

interface Locator {
	displayName: string;
	name: string;
	/** What one of them is called in a sentence, with its article. */
	kind: string;
	/** The method in `methods/listSearch.ts` that fills the list. */
	searchListMethod: string;
	description: string;
}

/** A parameter that takes a record from a searchable list, or by its ID. */
export function locator({
	displayName,
	name,
	kind,
	searchListMethod,
	description,
}: Locator): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Choose ${kind}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f2b8c1e-5d1f-4c8e-9f0a-7b6d2e4a1c35',
			},
		],
	};
}

export const RECORDING = locator({
	displayName: 'Recording',
	name: 'recordingId',
	kind: 'a recording',
	searchListMethod: 'searchRecordings',
	description: 'The recording. The Siro Trigger gives its ID as recordingId.',
});

export const ENGAGEMENT = locator({
	displayName: 'Appointment',
	name: 'engagementId',
	kind: 'an appointment',
	searchListMethod: 'searchEngagements',
	description: 'The appointment, by Siro’s own ID',
});
