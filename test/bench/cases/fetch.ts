import type { BenchCase, Sample } from '../bench-case';
import { compare } from '../compare';
import type { Stage } from '../stage';
import { medianValue } from '../statistics';
import {
	addLinkedRecordings,
	FETCH,
	fetchWorkflow,
	paginationWorkflow,
	SPLIT,
} from '../recordings';
import type { Workflow } from '../../n8n/workflows';

const COUNT = 5_000;

export const fetch5000: BenchCase = {
	name: 'fetch-5000',
	compares: 'fetch of 5,000 recordings with the HTTP Request node’s pagination and Split Out',

	async run(options) {
		const [ours, theirs] = await compare(
			[
				{
					name: 'Siro',
					prepare: async (stage) =>
						fetchRun(stage, await stage.create(fetchWorkflow(COUNT, stage.credential)), [FETCH]),
				},
				{
					name: 'HTTP Request and Split Out',
					prepare: async (stage) => {
						const { siro, headerCredential } = stage;
						const workflow = paginationWorkflow(COUNT, siro.externalApiUrl, headerCredential);
						return fetchRun(stage, await stage.create(workflow), [FETCH, SPLIT]);
					},
				},
			],
			options,
		);
		const timesFaster = medianValue(theirs) / medianValue(ours);
		const moreMemory = (ours.memory?.peak ?? 0) - (theirs.memory?.peak ?? 0);
		return {
			rows: [
				{
					case: 'fetch of 5,000 recordings with summaries, extractions and CRM links',
					comparedWith: 'HTTP Request with pagination, Split Out',
					unit: 'ms',
					ours,
					theirs,
					target: 'at least 2 × faster, no more memory',
					isReached: timesFaster >= 2 && moreMemory <= 0,
				},
			],
		};
	},
};

function fetchRun(stage: Stage, workflow: Workflow, nodes: string[]) {
	return async (): Promise<Sample> => {
		const siro = await stage.renewSiro();
		const recordings = addLinkedRecordings(siro, COUNT);
		const { execution, sample } = await stage.time(workflow, nodes);
		const fetched = execution.json(nodes[nodes.length - 1]);
		const newestFirst = recordings.map(({ id }) => id).reverse();
		const isExact = fetched.map(({ id }) => id).join() === newestFirst.join();
		const isWhole = fetched.every(
			({ summary, entityExtractions, crm }) =>
				Array.isArray(summary) && Array.isArray(entityExtractions) && typeof crm === 'object',
		);
		if (!isExact || !isWhole) {
			throw new Error(
				`Of ${COUNT} recordings ${fetched.length} came, not all in order and whole: ${execution.error}`,
			);
		}
		return sample;
	};
}
