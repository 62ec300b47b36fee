import { getById } from '../../parameters/getById';
import { MOBILE_EVENTS } from '../../parameters/kinds';
import { MOBILE_EVENT } from '../../parameters/locators';

/** Source: external-api.openapi.json, GET /v1/core/mobile-events/{id}. */
export const get = getById(MOBILE_EVENTS, MOBILE_EVENT, {
	action: 'Get a mobile event',
	description: 'Get one event of Siro’s mobile app, such as the start of a recording',
});
