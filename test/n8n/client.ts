import { Credentials } from './credentials';
import { DataTables } from './data-tables';
import { Executions } from './executions';
import type { N8nSeries } from './install';
import { NodeTypes } from './node-types';
import { Session } from './session';
import { Workflows } from './workflows';
import { WorkflowsOfN8n1 } from './workflows-of-n8n-1';

/** Does in n8n, over its REST API, what a person does in the editor. */
export class N8nClient {
	readonly credentials: Credentials;

	readonly dataTables: DataTables;

	readonly executions: Executions;

	readonly nodeTypes: NodeTypes;

	readonly workflows: Workflows;

	constructor(session: Session, series: N8nSeries) {
		this.credentials = new Credentials(session);
		this.dataTables = new DataTables(session);
		this.executions = new Executions(session);
		this.nodeTypes = new NodeTypes(session);
		const SeriesWorkflows = series === '1' ? WorkflowsOfN8n1 : Workflows;
		this.workflows = new SeriesWorkflows(session, this.executions, this.nodeTypes);
	}

	/** Signs in as the instance's owner, who is set up if need be. */
	static async signIn(url: string, series: N8nSeries = '2'): Promise<N8nClient> {
		return new N8nClient(await Session.signIn(url), series);
	}
}
