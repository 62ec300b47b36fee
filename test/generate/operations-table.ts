import { RESOURCES } from '../../nodes/Siro/actions/registry';

const BEGIN = '<!-- operations: written by `npm run docs` -->';
const END = '<!-- end of operations -->';
const FOR_USERS = 'Needs an OAuth app';
const NEED = / Needs an OAuth app( \(scope Write\))? or a client app in the credential\./;

/** The README with its table of operations as the registry has them: a row for each resource. */
export function withOperationsTable(readme: string): string {
	const rows = RESOURCES.map(({ name: resource, operations }) => {
		const names = operations.map(({ name, description }) =>
			description.includes(FOR_USERS) ? `${name}\u00a0*` : name,
		);
		return `| ${resource} | ${names.join(', ').replaceAll('*', '\\*')} |`;
	});
	return withTable(readme, ['| resource | operations |', '|---|---|', ...rows]);
}

/** The page on operations, with what each of them does, and which scope of an OAuth app it needs. */
export function withOperations(page: string): string {
	const rows = RESOURCES.flatMap(({ name: resource, operations }) =>
		operations.map(({ name, description }) => {
			const [need, write] = NEED.exec(description) ?? [];
			const scope = need === undefined ? '–' : write === undefined ? 'Read' : 'Write';
			return `| ${resource} | ${name} | ${description.replace(NEED, '')} | ${scope} |`;
		}),
	);
	return withTable(page, [
		'| resource | operation | what it does | OAuth app |',
		'|---|---|---|---|',
		...rows,
	]);
}

function withTable(page: string, lines: string[]): string {
	const begin = page.indexOf(BEGIN);
	const end = page.indexOf(END);
	if (begin < 0 || end < begin) throw new Error(`The page lacks "${BEGIN}" … "${END}"`);
	return `${page.slice(0, begin)}${BEGIN}\n\n${lines.join('\n')}\n\n${page.slice(end)}`;
}
