import { Credentials } from './credentials';
import { DataTables } from './data-tables';
import { Executions } from './executions';
import { NodeTypes } from './node-types';
import { Session } from './session';
import { Workflows } from './workflows';

/** Does in n8n, over its REST API, what a person does in the editor. */
export class N8nClient {
	readonly credentials: Credentials;

	readonly dataTables: DataTables;

	readonly executions: Executions;

	readonly nodeTypes: NodeTypes;

	readonly workflows: Workflows;

	constructor(session: Session) {
		this.credentials = new Credentials(session);
		this.dataTables = new DataTables(session);
		this.executions = new Executions(session);
		this.nodeTypes = new NodeTypes(session);
		this.workflows = new Workflows(session, this.executions, this.nodeTypes);
	}

	/** Signs in as the instance's owner, who is set up if need be. */
	static async signIn(url: string): Promise<N8nClient> {
		return new N8nClient(await Session.signIn(url));
	}
}
