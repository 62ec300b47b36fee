/** All objects that an answer of Siro's holds, however it wraps them: those that an operation may hand on. */
export function recordsIn(answer: unknown): unknown[] {
	if (Array.isArray(answer)) return answer.flatMap(recordsIn);
	if (typeof answer !== 'object' || answer === null) return [];
	return [answer, ...Object.values(answer).flatMap(recordsIn)];
}
