import { collect } from '../../api/pagination';
import { filters } from '../../parameters/filters';
import { RECORDINGS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { located, RECORDING, USER } from '../../parameters/locators';
import { COMMENT_FIELDS } from '../../parameters/recordFields';
import type { ItemOperation } from '../../runner/operation';

interface CommentFilters {
	commenterUserId?: string;
	excludePrivate?: boolean;
	threadId?: string;
}

const FILTERS = filters([
	{
		...USER,
		displayName: 'Commenter',
		name: 'commenterUserId',
		required: false,
		description: 'Only comments of this Siro user',
	},
	{
		displayName: 'Exclude Private',
		name: 'excludePrivate',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out private comments',
	},
	{
		displayName: 'Thread ID',
		name: 'threadId',
		type: 'string',
		default: '',
		description: 'Only comments of this thread',
	},
]);

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many comments',
	description:
		'Get the comments on a recording. Needs an OAuth app or a client app in the credential.',
	parameters: [RECORDING, ...LISTING, FILTERS],
	isReading: true,
	records: COMMENT_FIELDS,

	/** Source: platform-api.openapi.json, GET /v1/core/recordings/{id}/comments. */
	async execute(item) {
		const { request } = located(item, RECORDINGS);
		const { commenterUserId, excludePrivate, threadId } = item.parameter<CommentFilters>(
			'filters',
			{},
		);
		return await collect(
			item.siro,
			{
				...request,
				surface: 'platform',
				path: `${request.path}/comments`,
				query: { commenterUid: commenterUserId, excludePrivate, threadIds: threadId },
			},
			readLimit(item),
		);
	},
};
