import { UserError } from 'n8n-workflow';

/** Why there is no token to send a request with: what is wrong, and what to do about it. */
export class TokenError extends UserError {
	constructor(
		message: string,
		remedy: string,
		/** Whether the same may well succeed a little later. */
		readonly isTemporary = false,
		/** Whether Siro holds back whom the token would be for. */
		readonly isHeldBack = false,
	) {
		super(message, { description: remedy });
	}
}

/** Why an OAuth app gets no token. */
export class UserTokenError extends TokenError {
	constructor(reason: string, remedy: string, isTemporary?: boolean, isHeldBack?: boolean) {
		super(`n8n could not sign in to Siro as the user: ${reason}`, remedy, isTemporary, isHeldBack);
	}
}

/** Why a client app gets no token. */
export class ClientAppTokenError extends TokenError {
	constructor(reason: string, remedy: string, isTemporary?: boolean, isHeldBack?: boolean) {
		super(
			`n8n could not sign in to Siro with the client app: ${reason}`,
			remedy,
			isTemporary,
			isHeldBack,
		);
	}
}
