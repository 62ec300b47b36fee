import { addConnection } from './connections';
import { addMobileEvent } from './mobile-events';
import { addOAuthApp, type OAuthApp } from './oauth';
import { addRecording } from './recordings';
import type { State } from './state';
import { syncEngagements, syncOpportunities } from './sync';
import { addUser, type User } from './users';

export interface Organization {
	admin: User;
	rep: User;
	oauthApp: OAuthApp;
}

/** What every organization has: people, a CRM connection and an OAuth app. */
export function seedOrganization(state: State): Organization {
	const rep = addUser(state, {
		email: 'rep-123@kitchenremodel.example',
		firstName: 'John',
		lastName: 'Sales',
		phoneNumber: '+15551230001',
		memberTeamId: '123456',
		externalId: 'rep-123',
	});
	addUser(state, {
		email: 'maria@kitchenremodel.example',
		firstName: 'Maria',
		lastName: 'Closer',
		phoneNumber: '+15551230002',
		memberTeamId: '123456',
	});
	const admin = addUser(state, {
		email: 'dana@kitchenremodel.example',
		firstName: 'Dana',
		lastName: 'Admin',
		coachTeamIds: ['123456'],
	});
	state.defaultConnectionId = addConnection(state).id;
	return { admin, rep, oauthApp: addOAuthApp(state, 'n8n', admin.id) };
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
	syncOpportunities(state, [
		{
			externalId: 'opp-101',
			name: 'Smith Kitchen Remodel',
			amount: 45_000,
			disposition: 'OPEN',
			account,
			opportunityUsers: [rep],
		},
	]);
	syncEngagements(state, [
		{
			externalId: 'appt-456',
			subject: 'Smith Kitchen Remodel Consultation',
			startTime: '2026-02-15T14:00:00Z',
			endTime: '2026-02-15T15:00:00Z',
			engagementType: { activityType: 'MEETING', name: 'meeting' },
			engagementUsers: [rep],
			account: { externalId: 'account-789' },
			contact: { externalId: 'contact-321', name: 'Ann Smith' },
			opportunity: { externalId: 'opp-101' },
		},
	]);
	const [repId] = state.users.keys();
	addRecording(state, {
		title: 'Smith Kitchen Remodel Consultation',
		userId: repId,
		processed: true,
		link: { engagementExternalId: 'appt-456' },
		followups: [{}],
	});
	addRecording(state, { title: 'Walk-in without appointment', userId: repId, processed: true });
	addRecording(state, { title: 'Still being processed', userId: repId });
	addRecording(state, { title: 'Recorded by mistake', userId: repId, deleted: true });
	addMobileEvent(state, { userId: repId, externalOpportunityIds: ['opp-101'] });
}
