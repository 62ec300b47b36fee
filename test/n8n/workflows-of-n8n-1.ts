import { waitUntil } from './wait-until';
import { type Workflow, Workflows } from './workflows';

/** What the editor of n8n 1 does otherwise. */
export class WorkflowsOfN8n1 extends Workflows {
	override async activate(workflow: Workflow): Promise<void> {
		const { id, versionId } = workflow;
		await this.session.patch(`workflows/${id}`, { active: true, versionId });
		await this.waitUntilActive(workflow);
	}

	override async waitUntilActive({ id }: Pick<Workflow, 'id'>): Promise<void> {
		await waitUntil('the workflow to be active', 60_000, async () =>
			(await this.session.get<string[]>('active-workflows')).includes(id),
		);
	}

	override async deactivate({ id }: Workflow): Promise<void> {
		await this.session.patch(`workflows/${id}`, { active: false });
	}

	protected override async startManually(workflow: Workflow): Promise<string | undefined> {
		return await super.startManually(workflow, { workflowData: workflow });
	}
}
