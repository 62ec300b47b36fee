import type { Workflow } from '../../n8n/workflows';
import type { BenchCase, Sample } from '../bench-case';
import { compare } from '../compare';
import { addLinkedRecordings, detailsWorkflow, FETCH, getWorkflow } from '../recordings';
import type { Stage } from '../stage';
import { medianValue } from '../statistics';

const COUNT = 500;
const IDS = Array.from({ length: COUNT }, (_, index) => `recording-${index}`);

export const details500: BenchCase = {
	name: 'details-500',
	compares: 'details of 500 recordings by ID with the HTTP Request node, default settings',

	async run(options) {
		const [ours, theirs] = await compare(
			[
				{
					name: 'Siro',
					prepare: async (stage) =>
						detailsRun(stage, await stage.create(detailsWorkflow(IDS, stage.credential))),
				},
				{
					name: 'HTTP Request',
					prepare: async (stage) => {
						const { siro, headerCredential } = stage;
						const workflow = getWorkflow(IDS, siro.externalApiUrl, headerCredential);
						return detailsRun(stage, await stage.create(workflow));
					},
				},
			],
			options,
		);
		return {
			rows: [
				{
					case: 'details of 500 recordings by ID',
					comparedWith: 'HTTP Request',
					unit: 'ms',
					ours,
					theirs,
					target: 'at most 1.1 × its time, no 429',
					isReached: medianValue(ours) <= 1.1 * medianValue(theirs),
				},
			],
		};
	},
};

function detailsRun(stage: Stage, workflow: Workflow) {
	return async (): Promise<Sample> => {
		const siro = await stage.renewSiro();
		addLinkedRecordings(siro, COUNT, IDS);
		const { execution, sample } = await stage.time(workflow, [FETCH]);
		const got = execution.json(FETCH).map(({ id, data }) => id ?? idOf(data));
		if (got.join() !== IDS.join()) {
			throw new Error(`Of ${COUNT} recordings ${got.length} came, or not in order`);
		}
		if (siro.requests.some(({ status }) => status === 429)) throw new Error('Siro answered 429');
		return sample;
	};
}

function idOf(wrapped: unknown): unknown {
	return typeof wrapped === 'object' && wrapped !== null && 'id' in wrapped
		? wrapped.id
		: undefined;
}
