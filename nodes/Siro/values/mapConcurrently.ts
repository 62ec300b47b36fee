/**
 * Does several pieces of work at a time and gives the results in the order of the work. After a
 * failure nothing new is begun; when all that was begun has ended, the first failure is thrown.
 */
export async function mapConcurrently<Work, Result>(
	work: Work[],
	workers: number,
	perform: (one: Work) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: Array<{ error: unknown }> = [];
	let next = 0;
	const worker = async () => {
		while (next < work.length && failures.length === 0) {
			const index = next++;
			try {
				results[index] = await perform(work[index]);
			} catch (error) {
				failures[index] = { error };
			}
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));
	const firstFailure = failures.find((failure) => failure !== undefined);
	if (firstFailure) throw firstFailure.error;
	return results;
}
