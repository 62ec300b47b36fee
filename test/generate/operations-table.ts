import { RESOURCES } from '../../nodes/Siro/actions/registry';

const BEGIN = '<!-- operations: written by `npm run docs` -->';
const END = '<!-- end of operations -->';

/** The README with its table of operations as the registry has them. */
export function withOperationsTable(readme: string): string {
	const begin = readme.indexOf(BEGIN);
	const end = readme.indexOf(END);
	if (begin < 0 || end < begin) throw new Error(`The README lacks "${BEGIN}" … "${END}"`);
	return `${readme.slice(0, begin)}${BEGIN}\n\n${operationsTable()}\n\n${readme.slice(end)}`;
}

function operationsTable(): string {
	const rows = RESOURCES.flatMap(({ name: resource, operations }) =>
		operations.map(({ name, description }) => `| ${resource} | ${name} | ${description} |`),
	);
	return ['| resource | operation | what it does |', '|---|---|---|', ...rows].join('\n');
}
