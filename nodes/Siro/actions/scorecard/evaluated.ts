import type { INodeProperties } from 'n8n-workflow';

import { severalOf } from '../../parameters/several';

/** Whose evaluations are wanted; what kind of record they are is said by the parameter "Filter By". */
const MENU = severalOf('getEvaluated', {
	displayName: 'User, Team or Recording Names or IDs',
	name: 'filterByIds',
	description: 'The users, teams or recordings',
});

export const EVALUATED: INodeProperties = {
	...MENU,
	typeOptions: { ...MENU.typeOptions, loadOptionsDependsOn: ['filterBy'] },
};
