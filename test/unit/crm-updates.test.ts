import { readCrmLinks } from '../../nodes/Siro/recordings/crmLinks';
import { toCrmUpdates } from '../../nodes/Siro/recordings/crmUpdates';
import type { Extraction } from '../../nodes/Siro/recordings/extractions';

const LINKS = readCrmLinks({
	integrationConnectionId: 'conn-1',
	account: { id: 'a', externalId: 'account-1' },
	contacts: [
		{ id: 'c1', externalId: 'contact-1' },
		{ id: 'c2', externalId: 'contact-2' },
	],
	engagement: { id: 'e', externalId: 'appt-1' },
	lead: { id: 'l', externalId: 'lead-1' },
	opportunity: { id: 'o', externalId: 'deal-1' },
	users: [{ id: 'u', externalId: 'rep-1' }],
});

const found = (
	value: Extraction['value'],
	crmModelName = 'Opportunity',
	crmFieldName = 'Budget__c',
): Extraction => ({ name: 'Budget', value, mappings: [{ crmModelName, crmFieldName }] });

test.each([
	['account', ['Account', 'accounts', 'Company', 'Companies', 'Customer', 'Organization']],
	['contact', ['Contact', 'Contacts', 'Person', 'persons', 'People', 'Contact__c']],
	[
		'engagement',
		[
			'Engagement',
			'Appointment',
			'Event',
			'Meetings',
			'ServiceAppointment',
			'service_appointments',
		],
	],
	['lead', ['Lead', 'LEADS', 'Prospect']],
	['opportunity', ['Opportunity', 'Opportunities', 'Deal', 'Deals', 'deal']],
	['user', ['User', 'CRM User', 'crm_users', 'Owner', 'Rep']],
])('%s is what mappings call so many names', (kind, names) => {
	for (const name of names) {
		const [update] = toCrmUpdates([found('$40,000', name)], LINKS);
		expect({ name, ...update }).toMatchObject({ name, kind, crmModelName: name });
		expect(update.externalId).not.toBeNull();
	}
});

test('a kind that Siro does not link is kept, without a record', () => {
	expect(toCrmUpdates([found('oak', 'Window__c')], LINKS)).toEqual([
		{
			kind: null,
			crmModelName: 'Window__c',
			externalId: null,
			id: null,
			integrationConnectionId: 'conn-1',
			fields: { Budget__c: 'oak' },
		},
	]);
});

test.each([[null], [''], [' \u00a0'], [[]]])('%j is nothing that was found', (nothing) => {
	expect(toCrmUpdates([found('$40,000'), found(nothing)], LINKS)).toMatchObject([
		{ fields: { Budget__c: '$40,000' } },
	]);
	expect(toCrmUpdates([found(nothing)], LINKS)).toEqual([]);
});

test.each([[false], [0], [['Price', 'Timeline']]])('%j was found', (value) => {
	const [update] = toCrmUpdates([found(value)], LINKS);
	expect(update.fields).toEqual({ Budget__c: value });
	expect(update).not.toHaveProperty('warnings');
});

test('values that mean one record by two names come together', () => {
	expect(
		toCrmUpdates([found('$40,000', 'Deal'), found('oak', 'Opportunities', 'Wood__c')], LINKS),
	).toMatchObject([{ crmModelName: 'Deal', fields: { Budget__c: '$40,000', Wood__c: 'oak' } }]);
});
