import { waitUntil } from './wait-until';
import { type StartedManually, type Workflow, Workflows } from './workflows';

const activationMilliseconds = 60_000;

/** What the editor of n8n 1 does otherwise. */
export class WorkflowsOfN8n1 extends Workflows {
	override async activate(workflow: Workflow): Promise<void> {
		const { id, versionId } = workflow;
		await this.session.patch(`workflows/${id}`, { active: true, versionId });
		await this.waitUntilActive(workflow);
	}

	override async waitUntilActive({ id }: Pick<Workflow, 'id'>): Promise<void> {
		await waitUntil('the workflow to be active', activationMilliseconds, async () => {
			const active = await this.session.get<string[]>('active-workflows');
			return active.includes(id) ? true : undefined;
		});
	}

	override async deactivate({ id }: Workflow): Promise<void> {
		await this.session.patch(`workflows/${id}`, { active: false });
	}

	protected override async startManually(
		workflow: Workflow,
		trigger?: string,
	): Promise<StartedManually> {
		const name = trigger ?? (await this.triggerOf(workflow)).name;
		return await this.session.post(`workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name },
		});
	}
}
