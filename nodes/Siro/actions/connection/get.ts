import { getById } from '../../parameters/getById';
import { CONNECTIONS } from '../../parameters/kinds';
import { CONNECTION } from '../../parameters/locators';

/** Source: external-api.openapi.json, GET /v1/core/integrations/connections/{id}. */
export const get = getById(CONNECTIONS, CONNECTION, {
	action: 'Get a connection',
	description: 'Get one CRM connection with the state of its synchronization',
});
