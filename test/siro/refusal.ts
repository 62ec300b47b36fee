/** An answer other than success: an operation throws it, the surface sends it. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** What exactly is wrong, by place in the request. */
		readonly details?: Record<string, unknown>,
		/** Siro answers some refusals in plain text. */
		readonly contentType: 'application/json' | 'text/plain' = 'application/json',
	) {
		super(message);
	}

	get body(): unknown {
		if (this.contentType === 'text/plain') return this.message;
		return this.details ? { error: this.message, details: this.details } : { error: this.message };
	}
}

export const notFound = (what: string) => new Refusal(404, `${what} not found`);
