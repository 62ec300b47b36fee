import { readCrmLinks } from '../../crm/crmLinks';
import { toCrmUpdates } from '../../crm/crmUpdates';
import { readExtractions } from '../../crm/extractions';
import type { ItemOperation } from '../operation';
import { RECORDING } from '../parameters/locators';
import { fetchRecording } from './fetchRecording';

export const getCrmUpdates: ItemOperation = {
	value: 'getCrmUpdates',
	name: 'Get CRM Updates',
	action: 'Get CRM updates from a recording',
	description:
		'Get, for each CRM record that a recording is linked to, the fields to write into it and their extracted values',
	parameters: [RECORDING],
	isReading: true,

	async execute(item) {
		const recording = await fetchRecording(item);
		const extractions = readExtractions(recording.entityExtractions);
		return toCrmUpdates(extractions, readCrmLinks(recording.crm)).map((update) => ({ ...update }));
	},
};
