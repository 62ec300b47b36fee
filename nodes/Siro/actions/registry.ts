import type { Resource } from '../runner/operation';
import { account } from './account';
import { assistant } from './assistant';
import { comment } from './comment';
import { connection } from './connection';
import { conversationType } from './conversationType';
import { crmUser } from './crmUser';
import { engagement } from './engagement';
import { extraction } from './extraction';
import { followup } from './followup';
import { mobileEvent } from './mobileEvent';
import { multimediaEvent } from './multimediaEvent';
import { oauthApp } from './oauthApp';
import { opportunity } from './opportunity';
import { recording } from './recording';
import { scorecard } from './scorecard';
import { summary } from './summary';
import { team } from './team';
import { user } from './user';

/**
 * Everything the action node can do. The node's menus, parameters and dispatch are derived from it;
 * an operation is added by its file and one line in the `operations.ts` of its resource.
 */
export const RESOURCES: Resource[] = [
	engagement,
	opportunity,
	account,
	recording,
	summary,
	extraction,
	followup,
	comment,
	scorecard,
	user,
	team,
	conversationType,
	oauthApp,
	crmUser,
	connection,
	mobileEvent,
	multimediaEvent,
	assistant,
];
