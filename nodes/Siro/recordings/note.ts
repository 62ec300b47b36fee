import { toHtml } from '../values/html';
import { toText } from '../values/text';
import { isBlank } from '../values/values';
import { toFound, type Extraction } from './extractions';
import { toSectionHtml, toSectionText, type RecordingSummary } from './summary';

/** What people read of a recording in their CRM, ready to be written there. */
export interface RecordingNote {
	title: string;
	/** The title, the summary, and every value that Siro found; empty when there is nothing to tell. */
	text: string;
	/** The same as HTML, for CRMs whose notes are HTML. */
	html: string;
}

const NO_TITLE = 'Siro recording';
const VALUES_HEADING = 'Found in the conversation';

/**
 * Makes one note of a recording: its summary, and what was found in it as it was said, so that an
 * amount that is too unclear for a number field is not lost.
 */
export function toRecordingNote(
	title: unknown,
	summary: RecordingSummary,
	extractions: Extraction[],
): RecordingNote {
	const heading = isBlank(title) ? NO_TITLE : String(title);
	const values = extractions
		.map(({ name, value }) => ({ name, found: toFound(value) }))
		.filter(({ found }) => found !== undefined)
		.map(({ name, found }) => `${name}: ${toReadable(found)}`);
	const sections = [
		...summary.sections,
		...(values.length > 0 ? [{ id: '', name: VALUES_HEADING, content: values.join('\n') }] : []),
	];
	if (sections.length === 0) return { title: heading, text: '', html: '' };
	return {
		title: heading,
		text: [heading, ...sections.map(toSectionText)].join('\n\n'),
		html: `<p><strong>${toHtml(heading)}</strong></p>${sections.map(toSectionHtml).join('')}`,
	};
}

function toReadable(value: unknown): string {
	if (Array.isArray(value)) return value.map(toReadable).join(', ');
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return toText(value) ?? JSON.stringify(value);
}
