import type { Recording, Simulator } from '../siro';

/** Has Siro process a recording of the examples' appointment, with a summary and a value for the deal. */
export function processExampleRecording(siro: Simulator): Recording {
	const recording = siro.addRecording({ title: 'Smith kitchen' });
	siro.processRecording(recording.id, {
		summary: [{ name: 'Next Steps', content: 'Send a proposal.' }],
		extractions: [
			{
				name: 'Budget',
				value: '$40,000',
				mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
			},
		],
	});
	return recording;
}
