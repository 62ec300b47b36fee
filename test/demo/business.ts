import type { DataTableRow } from '../n8n/data-tables';
import type { Recording, Simulator } from '../siro';

const REP = { repId: 'rep-123', repEmail: 'rep-123@kitchenremodel.example', repName: 'John Sales' };

/** What is in the CRM's tables beside what the example puts into them. */
export const DEALS: DataTableRow[] = [
	{ dealId: 'opp-102', name: 'Jones Bathroom' },
	{ dealId: 'opp-103', name: 'Miller Roof' },
];

export const APPOINTMENTS: DataTableRow[] = [
	{
		appointmentId: 'appt-457',
		subject: 'Jones Bathroom Consultation',
		startTime: '2026-02-16T10:00:00Z',
		endTime: '2026-02-16T11:00:00Z',
		accountId: 'account-790',
		dealId: 'opp-102',
		...REP,
	},
	{
		appointmentId: 'appt-458',
		subject: 'Miller Roof Inspection',
		startTime: '2026-02-16T13:30:00Z',
		endTime: '2026-02-16T14:30:00Z',
		accountId: 'account-791',
		dealId: 'opp-103',
		...REP,
	},
];

/** What is said in one appointment after the other, once the demo waits. */
const CONVERSATIONS = [
	{
		appointmentId: 'appt-457',
		overview: 'The Joneses want a walk-in shower.',
		budget: '$18,000',
		score: 74,
	},
	{
		appointmentId: 'appt-458',
		overview: 'The Millers have a leak above the garage.',
		budget: '$9,500',
		score: 91,
	},
	{
		appointmentId: 'appt-456',
		overview: 'The Smiths have chosen the worktop.',
		budget: '$46,000',
		score: 88,
	},
];

let conversations = 0;

/** Has Siro process the next recording, and link it to its appointment. */
export function bringNextRecording(siro: Simulator): Recording {
	const next = CONVERSATIONS[conversations++ % CONVERSATIONS.length];
	const { appointmentId, overview, budget, score } = next;
	const subject = siro.state.engagements.find(appointmentId)?.subject;
	const recording = siro.addRecording({ title: subject ?? appointmentId });
	siro.processRecording(recording.id, {
		summary: [
			{ name: 'Overview', content: overview },
			{ name: 'Next Steps', content: 'Send a written proposal by Friday.' },
		],
		extractions: [
			{
				name: 'Budget',
				value: budget,
				mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
			},
		],
		evaluationScore: score,
	});
	siro.linkRecording(recording.id, { engagementExternalId: appointmentId });
	return recording;
}
