import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../values/values';

/** What one speaker said until another one spoke. */
export interface Turn {
	speaker: string;
	text: string;
	startTimeInMillis: number;
	endTimeInMillis: number;
	/** The pieces as Siro has them, words or sentences, each with the speaker's name. */
	utterances: IDataObject[];
}

/**
 * Puts the pieces of a transcript together: one turn for all that a speaker says in a row.
 * `speakerMap` gives the speakers' names by their tags; who has none is called by the tag.
 */
export function toTurns(utterances: IDataObject[], speakerMap: unknown): Turn[] {
	const names = isRecord(speakerMap) ? speakerMap : {};
	const turns: Turn[] = [];
	let lastTag: unknown;
	for (const utterance of utterances) {
		const { speakerTag, utterance: words, startTimeInMillis, endTimeInMillis } = utterance;
		const name = names[String(speakerTag)];
		const speaker =
			typeof name === 'string' && name.trim() !== '' ? name : `Speaker ${String(speakerTag)}`;
		const text = typeof words === 'string' ? words.trim() : '';
		const turn = turns.at(-1);
		if (turn && speakerTag === lastTag) {
			turn.text = [turn.text, text].filter((part) => part !== '').join(' ');
			turn.endTimeInMillis = Number(endTimeInMillis);
			turn.utterances.push({ ...utterance, speaker });
		} else {
			turns.push({
				speaker,
				text,
				startTimeInMillis: Number(startTimeInMillis),
				endTimeInMillis: Number(endTimeInMillis),
				utterances: [{ ...utterance, speaker }],
			});
		}
		lastTag = speakerTag;
	}
	return turns;
}

/** A conversation to read, one line for each turn. */
export function toTranscriptText(turns: Turn[]): string {
	return turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n');
}
