import { operationsThatReach } from '../operations/reached';
import { describedBy } from '../siro/openapi/description';
import { readOfficialDocuments, type ApiName } from '../siro/openapi/document';
import OTHERS from './other-endpoints.json';

const BASES = { external: 'functions.siro.ai/api-externalApi', platform: 'api.siro.ai' };

/** The page with its tables, where the documents are at hand: each endpoint, and what reaches it. */
export function withApiCoverage(page: string): string {
	const documents = readOfficialDocuments();
	if (!documents) return page;
	const tables = (['external', 'platform'] as const).map((api) => {
		const rows = describedBy(documents[api]).operations.map(({ method, path }) => {
			const endpoint = `${method.toUpperCase()} ${path}`;
			const operations = operationsThatReach(api, endpoint).join(', ');
			return `| \`${endpoint}\` | ${operations || reasonFor(api, endpoint)} |`;
		});
		const heading = `## ${BASES[api]}: ${rows.length} endpoints\n`;
		return [heading, '| endpoint | reached by |', '|---|---|', ...rows].join('\n');
	});
	return `${page.split(/^## /m)[0]}${tables.join('\n\n')}\n`;
}

/** By the longest beginning that fits; Custom API Call reaches what is "custom". */
function reasonFor(api: ApiName, endpoint: string): string {
	const [, path] = endpoint.split(' ');
	const [[, reason] = []] = Object.entries<string>(OTHERS[api])
		.filter(([beginning]) => endpoint.startsWith(beginning) || path.startsWith(beginning))
		.sort(([one], [other]) => other.length - one.length);
	if (reason === undefined) throw new Error(`other-endpoints.json says nothing of ${endpoint}`);
	return reason === 'custom' ? 'Custom API Call' : `— ${reason}`;
}
