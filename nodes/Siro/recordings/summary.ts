import type { IDataObject } from 'n8n-workflow';

import { byName } from '../values/byName';
import { toHtml } from '../values/html';
import { isRecord } from '../values/values';

/** One section of a summary: the heading that Siro's prompt has, and the text below it. */
export interface SummarySection {
	id: string;
	name: string;
	content: string;
}

/** A recording's summary in the forms that people need it in. */
export interface RecordingSummary {
	recordingId: string;
	sections: SummarySection[];
	/** All sections in one readable text. */
	text: string;
	/** The same as HTML, for CRMs whose notes are HTML. What the summary says never acts as a tag. */
	html: string;
	/** Heading → text, for expressions such as `{{ $json.byName['Next Steps'] }}`. */
	byName: Record<string, string>;
}

/**
 * Gives the summary of a recording in one shape, wherever it comes from: the external API has a list
 * of `{id, name, content}`; the platform API a list of `{id, promptHeader, promptResponse}`, and with
 * the recording itself one text with `Heading:` lines.
 * A recording without a summary has no sections.
 */
export function toRecordingSummary(recordingId: string, summary: unknown): RecordingSummary {
	const sections = readSections(summary);
	return {
		recordingId,
		sections,
		text: sections.map(toSectionText).join('\n\n'),
		html: sections.map(toSectionHtml).join(''),
		byName: byName(sections.map(({ name, content }) => [name, content])),
	};
}

function readSections(summary: unknown): SummarySection[] {
	if (typeof summary === 'string') return splitText(summary);
	if (!Array.isArray(summary)) return [];
	return summary.filter(isRecord).sort(bySummaryIndex).map(readSection);
}

/** The platform API numbers the sections; others keep their order. */
function bySummaryIndex(one: IDataObject, other: IDataObject): number {
	return Number(one.summaryResultIndex ?? 0) - Number(other.summaryResultIndex ?? 0);
}

function readSection({
	id,
	promptHeader,
	promptResponse,
	name = promptHeader,
	content = promptResponse,
}: IDataObject): SummarySection {
	return { id: String(id ?? ''), name: String(name ?? ''), content: String(content ?? '') };
}

/** `Header:\ntext\n\nHeader:\ntext`, as the platform API gives it (guide, step 4.3). */
function splitText(text: string): SummarySection[] {
	const sections: SummarySection[] = [];
	for (const block of text.split(/\n{2,}/)) {
		if (block.trim() === '') continue;
		const [, name, content] = /^([^\n:]{1,120}):\n([\s\S]*)$/.exec(block.trim()) ?? [];
		const last = sections.at(-1);
		if (name !== undefined && content !== undefined) {
			sections.push({ id: '', name, content });
		} else if (last) {
			last.content += `\n\n${block.trim()}`;
		} else {
			sections.push({ id: '', name: '', content: block.trim() });
		}
	}
	return sections;
}

/** A section as lines of text, with its heading before them. */
export function toSectionText({ name, content }: SummarySection): string {
	return name === '' ? content : `${name}:\n${content}`;
}

/** A section as a paragraph, with its heading in bold. */
export function toSectionHtml({ name, content }: SummarySection): string {
	const heading = name === '' ? '' : `<strong>${toHtml(name)}:</strong><br>`;
	return `<p>${heading}${toHtml(content)}</p>`;
}
