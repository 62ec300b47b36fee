import { Refusal } from './refusal';
import type { State } from './state';
import { operation, type Operations } from './surface';

export type IntegrationPlatform =
	| 'MERGE'
	| 'SIRO_CUSTOM_INPUT'
	| 'SERVICE_TITAN'
	| 'COMPANY_CAM'
	| 'INGAGE'
	| 'LEAD_PERFECTION'
	| 'SPOTIO';

/** A connection between Siro and one CRM. */
export interface Connection {
	id: string;
	name: string;
	externalAccountId: string;
	integrationPlatform: IntegrationPlatform;
	createdAt: string;
	updatedAt: string;
	isActive: boolean;
	syncTranscript: boolean;
}

/** Adds a CRM connection. */
export function addConnection(state: State, given: Partial<Connection> = {}): Connection {
	const now = state.now();
	const connection: Connection = {
		id: state.random.uuid(),
		name: 'Custom CRM',
		externalAccountId: state.random.text(12),
		integrationPlatform: 'SIRO_CUSTOM_INPUT',
		createdAt: now,
		updatedAt: now,
		isActive: true,
		syncTranscript: false,
		...given,
	};
	state.connections.set(connection.id, connection);
	return connection;
}

export function connectionOperations(state: State): Operations {
	const answer = (connection: Connection) => ({
		...connection,
		organizationId: state.organizationId,
		syncStatus: ['Engagement', 'Opportunity', 'Account'].map((modelName) => ({
			id: `${connection.id}-${modelName}`,
			modelName,
			modelSyncStatus: 'UP_TO_DATE',
			modelModifiedAfter: null,
			createdAt: connection.createdAt,
			updatedAt: connection.updatedAt,
		})),
	});
	return {
		listConnections: operation(({ query }) => ({
			data: [...state.connections.values()]
				.filter(
					({ integrationPlatform }) =>
						!query.integrationPlatform || query.integrationPlatform === integrationPlatform,
				)
				.map(answer),
			cursor: null,
		})),
		getConnection: operation(({ path }) => {
			const connection = state.connections.get(path.id);
			if (connection) return answer(connection);
			const reason = 'Integration connection not found or you do not have permission to view it.';
			throw new Refusal(404, reason, undefined, 'text/plain');
		}),
	};
}
