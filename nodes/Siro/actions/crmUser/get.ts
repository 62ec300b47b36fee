import { getById } from '../../parameters/getById';
import { CRM_USERS } from '../../parameters/kinds';
import { CRM_USER } from '../../parameters/locators';

/** Source: external-api.openapi.json, GET /v1/integrations/users/{id}. */
export const get = getById(CRM_USERS, CRM_USER, {
	action: 'Get a CRM user',
	description: 'Get one rep as listed in your CRM',
});
