import { upsert } from './crm';
import type { User } from './people';
import { addRecording } from './recordings';
import type { State } from './state';

/** What every organization has: people, and an OAuth app. */
export function seedOrganization(state: State) {
	const addUser = (firstName: string, lastName: string, more: Partial<User>) =>
		state.users.add({
			email: `${firstName.toLowerCase()}@kitchenremodel.example`,
			firstName,
			lastName,
			...more,
		});
	const rep = addUser('John', 'Sales', {
		email: 'rep-123@kitchenremodel.example',
		phoneNumber: '+15551230001',
		memberTeamId: '123456',
		externalId: 'rep-123',
	});
	addUser('Maria', 'Closer', { phoneNumber: '+15551230002', memberTeamId: '123456' });
	const admin = addUser('Dana', 'Admin', { coachTeamIds: ['123456'] });
	return { admin, rep, oauthApp: state.oauthApps.add({ owner: admin.id }) };
}

/** A day of business: an appointment with its deal, and recordings in different states. */
export function seedBusiness(state: State): void {
	const rep = {
		externalId: 'rep-123',
		email: 'rep-123@kitchenremodel.example',
		name: 'John Sales',
	};
	const account = {
		externalId: 'account-789',
		name: 'Smith Family',
		emailAddresses: ['smith@family.example'],
		phoneNumbers: ['+15551239999'],
		addresses: [
			{ country: 'USA', street: '1 Main Street', city: 'New York', state: 'NY', zip: '10001' },
		],
	};
	upsert(state, 'opportunities', {
		externalId: 'opp-101',
		name: 'Smith Kitchen Remodel',
		amount: 45_000,
		disposition: 'OPEN',
		account,
		opportunityUsers: [rep],
	});
	upsert(state, 'engagements', {
		externalId: 'appt-456',
		subject: 'Smith Kitchen Remodel Consultation',
		startTime: '2026-02-15T14:00:00Z',
		endTime: '2026-02-15T15:00:00Z',
		engagementType: { activityType: 'MEETING', name: 'meeting' },
		engagementUsers: [rep],
		account: { externalId: 'account-789' },
		contact: { externalId: 'contact-321', name: 'Ann Smith' },
		opportunity: { externalId: 'opp-101' },
	});
	addRecording(state, {
		title: 'Smith Kitchen Remodel Consultation',
		processed: true,
		link: { engagementExternalId: 'appt-456' },
		followups: [{}],
	});
	addRecording(state, { title: 'Walk-in without appointment', processed: true });
	addRecording(state, { title: 'Still being processed' });
	addRecording(state, { title: 'Recorded by mistake', deleted: true });
}
