import { readCrmLinks } from '../../nodes/Siro/recordings/crmLinks';
import { toCrmUpdates } from '../../nodes/Siro/recordings/crmUpdates';
import { readExtractions, type Extraction } from '../../nodes/Siro/recordings/extractions';

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
): Extraction => {
	const mappings = [{ crmModelName, crmFieldName }];
	return readExtractions([{ name: 'Budget', value, mappings }])[0];
};

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
			numbers: {},
		},
	]);
});

test.each([[null], [''], [' \u00a0'], [[]], [['', null]]])(
	'%j is nothing that was found',
	(nothing) => {
		expect(toCrmUpdates([found('$40,000'), found(nothing)], LINKS)).toMatchObject([
			{ fields: { Budget__c: '$40,000' } },
		]);
		expect(toCrmUpdates([found(nothing)], LINKS)).toEqual([]);
	},
);

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

test('a number stands beside a text that is one, and only there', () => {
	const texts = [found('$40,000'), found('$40,000 - $50,000', 'Deal', 'Range__c')];
	expect(toCrmUpdates(texts, LINKS)).toMatchObject([
		{
			fields: { Budget__c: '$40,000', Range__c: '$40,000 - $50,000' },
			numbers: { Budget__c: 40000 },
		},
	]);
	expect(toCrmUpdates([found('$40,000'), found('about 40')], LINKS)[0].numbers).toEqual({});
});

test.each([
	['list', ['Price', 2]],
	['semicolons', 'Price;2'],
	['commas', 'Price, 2'],
] as const)('a list as %s', (format, expected) => {
	expect(toCrmUpdates([found(['Price', null, 2, ' '])], LINKS, format)[0].fields).toEqual({
		Budget__c: expected,
	});
	expect(toCrmUpdates([found('a;b')], LINKS, format)[0].fields).toEqual({ Budget__c: 'a;b' });
});
