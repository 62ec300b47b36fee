import { Credentials } from './credentials';
import { DataTables } from './data-tables';
import { Executions } from './executions';
import type { N8nSeries } from './install';
import { NodeTypes } from './node-types';
import { Session } from './session';
import { Workflows } from './workflows';
import { WorkflowsOfN8n1 } from './workflows-of-n8n-1';

/** Does in n8n, over its REST API, what a person does in the editor. */
export interface N8nClient {
	credentials: Credentials;
	dataTables: DataTables;
	executions: Executions;
	nodeTypes: NodeTypes;
	workflows: Workflows;
}

/** Signs in as the instance's owner, who is set up if need be. */
export async function signIn(url: string, series: N8nSeries = '2'): Promise<N8nClient> {
	const session = await Session.signIn(url);
	const executions = new Executions(session);
	const nodeTypes = new NodeTypes(session);
	const SeriesWorkflows = series === '1' ? WorkflowsOfN8n1 : Workflows;
	return {
		credentials: new Credentials(session),
		dataTables: new DataTables(session),
		executions,
		nodeTypes,
		workflows: new SeriesWorkflows(session, executions, nodeTypes),
	};
}
