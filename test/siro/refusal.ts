/** An answer other than success: an operation throws it, the surface sends it. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** What exactly is wrong, by place in the request. */
		readonly details?: Record<string, unknown>,
	) {
		super(message);
	}

	get body(): unknown {
		return this.details ? { error: this.message, details: this.details } : { error: this.message };
	}
}

export const notFound = (what: string) => new Refusal(404, `${what} not found`);
