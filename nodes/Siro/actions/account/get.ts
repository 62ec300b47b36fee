import { getById } from '../../parameters/getById';
import { ACCOUNTS } from '../../parameters/kinds';
import { ACCOUNT } from '../../parameters/locators';

/** Source: external-api.openapi.json, GET /v1/integrations/accounts/{id}. */
export const get = getById(ACCOUNTS, ACCOUNT, {
	action: 'Get an account',
	description: 'Get one customer with addresses and contact details',
});
