import { getById } from '../../parameters/getById';
import { USERS } from '../../parameters/kinds';
import { USER } from '../../parameters/locators';

/** Source: external-api.openapi.json, GET /v1/core/users/{id}. */
export const get = getById(USERS, USER, {
	action: 'Get a user',
	description: 'Get one Siro user, someone who can sign in to Siro',
});
