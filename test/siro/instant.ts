import { Refusal } from './refusal';

const hasZone = /(Z|[+-]\d\d:?\d\d)$/i;

/** The moment a CRM's date stands for, as an ISO string; without a zone it counts as UTC. */
export function instant(text: string): string | undefined {
	const time = Date.parse(text);
	if (Number.isNaN(time)) return undefined;
	return new Date(
		hasZone.test(text) ? time : Date.parse(`${text.replace(' ', 'T')}Z`) || time,
	).toISOString();
}

/** A bound given as a query parameter. */
export function bound(name: string, text: string | null | undefined): string | undefined {
	if (text === undefined || text === null || text === '') return undefined;
	const moment = instant(text);
	if (moment === undefined) throw new Refusal(400, `${name} is not a date: "${text}"`);
	return moment;
}
