import { UserError } from 'n8n-workflow';

/** Why there is no user token: what is wrong, and what to do about it. */
export class UserTokenError extends UserError {
	constructor(
		reason: string,
		remedy: string,
		/** Whether the same may well succeed a little later. */
		readonly isTemporary = false,
		/** Whether Siro holds the organization token back. */
		readonly isHeldBack = false,
	) {
		super(`Siro gave no user token: ${reason}`, { description: remedy });
	}
}
