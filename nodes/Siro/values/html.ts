const ESCAPED: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** A text as HTML that reads like it: nothing in it acts as a tag, and its lines stay lines. */
export function toHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ESCAPED[character]).replace(/\r\n|\r|\n/g, '<br>');
}
