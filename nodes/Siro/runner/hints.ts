import type { IExecuteFunctions } from 'n8n-workflow';

const MOST_ITEMS_LISTED = 10;

/** What is pointed out above the output although nothing has failed: each text once, with its items. */
export class Hints {
	private readonly itemsByText = new Map<string, number[]>();

	add(text: string, itemIndex: number): void {
		const items = this.itemsByText.get(text) ?? [];
		this.itemsByText.set(text, [...items, itemIndex]);
	}

	show(context: IExecuteFunctions): void {
		const hints = [...this.itemsByText].map(([text, items]) => ({
			message: `${text} (${listItems(items)})`,
			type: 'warning' as const,
			location: 'outputPane' as const,
		}));
		context.addExecutionHints(...hints);
	}
}

function listItems(items: number[]): string {
	const named = [...items].sort((one, other) => one - other).slice(0, MOST_ITEMS_LISTED);
	const more = items.length > named.length ? ', …' : '';
	return `${items.length === 1 ? 'Item' : 'Items'} ${named.join(', ')}${more}`;
}
