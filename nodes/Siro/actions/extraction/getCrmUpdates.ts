import { LIST_FORMAT } from '../../parameters/listFormat';
import { RECORDING } from '../../parameters/locators';
import { readCrmLinks } from '../../recordings/crmLinks';
import { toCrmUpdates, type ListFormat } from '../../recordings/crmUpdates';
import { readExtractions } from '../../recordings/extractions';
import { fetchRecording } from '../../recordings/fetch';
import type { ItemOperation } from '../../runner/operation';

export const getCrmUpdates: ItemOperation = {
	value: 'getCrmUpdates',
	name: 'Get CRM Updates',
	action: 'Get CRM updates from a recording',
	description:
		'Get the extracted values of a recording as ready-made updates, one for each linked CRM record',
	parameters: [RECORDING],
	options: [LIST_FORMAT],
	isReading: true,

	/**
	 * From the organization's API only: the platform API does not tell of every linked record, so that
	 * a value without a record would not mean that the recording is linked to none.
	 */
	async execute(item) {
		const { id } = item.locator('recordingId');
		const recording = await fetchRecording(item.siro, id, ['crm', 'extractions']);
		const extractions = readExtractions(recording.entityExtractions);
		const listFormat = item.parameter<ListFormat>('options.listFormat', 'list');
		const updates = toCrmUpdates(extractions, readCrmLinks(recording.crm), listFormat);
		return updates.map((update) => ({ ...update }));
	},
};
