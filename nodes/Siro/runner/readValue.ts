import { jsonParse, UserError, type IDataObject, type INodePropertyOptions } from 'n8n-workflow';

import { toBoolean } from '../values/boolean';
import { hasLostDigits, isAmbiguous, LOST_DIGITS, toNumber } from '../values/number';
import { describeValue, toText } from '../values/text';
import { isNoDate, toInstant } from '../values/time';
import { isBlank, isRecord } from '../values/values';
import {
	choicesOf,
	fieldsOf,
	groupOf,
	isFilledBySiro,
	isLocatorValue,
	readAddress,
	takesSeveral,
	type Definition,
} from './definitions';

/** What reading a value needs to know besides its definition. */
export interface ReadingContext {
	/** The zone that a time without one means (IANA name). */
	timeZone: string;
	/** In JSON, an empty list says that there are none; elsewhere it says nothing. */
	keepsEmptyLists?: boolean;
	/** The collection that the value stands in, as it is put before the field's name in an error. */
	place?: string;
	/** Tells the user of what was left out although it is no error. */
	hint(text: string): void;
}

/** What a parameter's value is turned into; `undefined` for one that says nothing. */
type Reader = (definition: Definition, value: unknown, context: ReadingContext) => unknown;

/**
 * Reads a value as its definition shows it to the user: the type of the menu is the type that comes
 * out, whether the value was entered, comes from an expression, from JSON or from an AI agent (which
 * gives everything as text). Texts are trimmed, numbers become texts and texts numbers, an option is
 * found whatever its case, a time becomes an instant (ISO 8601 in UTC), and what is blank is left out.
 *
 * Gives `undefined` for a blank value. Throws a `UserError` that names the field for a value that
 * cannot be meant, such as an object where a text is wanted.
 */
export function readValue(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): unknown {
	const isEmptyList = Array.isArray(value) && value.length === 0;
	if (isEmptyList && context.keepsEmptyLists && takesSeveral(definition)) return [];
	if (isBlank(value)) return undefined;
	return READERS[definition.type]?.(definition, value, context) ?? undefined;
}

/** The fields of a record by their definitions. What is in no definition stays as it is. */
export function readFields(
	definitions: Definition[],
	values: IDataObject,
	context: ReadingContext,
): IDataObject {
	const record: IDataObject = {};
	for (const [name, value] of Object.entries(values)) {
		const definition = definitions.find((candidate) => candidate.name === name);
		const read = definition ? readValue(definition, value, context) : value;
		if (read !== undefined) record[name] = read as IDataObject[string];
	}
	return record;
}

const READERS: Partial<Record<Definition['type'], Reader>> = {
	string: (definition, value, context) =>
		takesSeveral(definition)
			? readTexts(definition, value, context)
			: readText(definition, value, context),
	number: readNumber,
	boolean: readSwitch,
	dateTime: readTime,
	options: (definition, value, context) => readOption(definition, only(value), context),
	multiOptions: (definition, value, context) =>
		isFilledBySiro(definition)
			? readTexts(definition, value, context)
			: readOptions(definition, value, context),
	collection: readCollection,
	fixedCollection: readGroup,
	// One inside a collection comes as n8n stores it.
	resourceLocator: (definition, value, context) => {
		const id = isLocatorValue(value) ? value.value : value;
		return isBlank(id) ? undefined : readLocated(definition, id, context);
	},
	json: (_definition, value) => value,
};

function readText(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): string | undefined {
	const given = only(value);
	const text = toText(given);
	if (text === undefined) throw unclear(definition, value, 'text', context);
	if (hasLostDigits(given)) throw lostDigits(definition, text, context);
	return text === '' ? undefined : text;
}

function readTime(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): string | undefined {
	const given = only(value);
	return isNoDate(given)
		? undefined
		: toInstant(given, context.timeZone, nameOf(definition, context));
}

/** An ID, wherever the user has put it: as such, or in the address of the record's page in Siro. */
function readLocated(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): string | undefined {
	const text = readText(definition, value, context);
	const address = text === undefined ? undefined : readAddress(definition, text);
	if (address === undefined) return text;
	if (address.id !== undefined) return address.id;
	const name = nameOf(definition, context);
	throw new UserError(`${name}: ${describeValue(text)} is not an address like ${address.example}`, {
		description: 'Open the record in Siro and copy the address from your browser, or enter the ID.',
	});
}

/** Several texts: a list, a list in JSON, or one text with a value per line or between commas. */
function readTexts(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): string[] | undefined {
	const texts = split(definition, value).flatMap(
		(one) => (isBlank(one) ? undefined : readText(definition, one, context)) ?? [],
	);
	return texts.length > 0 ? texts : undefined;
}

/** External IDs come from a CRM, and may hold commas. */
function split({ name }: Definition, value: unknown): unknown[] {
	const list = Array.isArray(value) ? value : parseJson(value);
	if (Array.isArray(list)) return list.flat(Infinity);
	if (typeof value !== 'string') return [value];
	return value.split(/externalIds$/i.test(name) ? '\n' : /[,\n]/);
}

function readNumber(definition: Definition, value: unknown, context: ReadingContext): number {
	const { minValue, maxValue, numberPrecision } = definition.typeOptions ?? {};
	const given = only(value);
	const number = toNumber(given);
	const isMoney = numberPrecision === 2;
	const wanted =
		number === undefined || (isMoney && isAmbiguous(given))
			? 'a number'
			: numberPrecision === 0 && !Number.isInteger(number)
				? 'a whole number'
				: minValue !== undefined && number < minValue
					? `a number from ${minValue} up`
					: maxValue !== undefined && number > maxValue
						? `a number up to ${maxValue}`
						: undefined;
	if (number === undefined || wanted) {
		throw unclear(definition, value, wanted ?? 'a number', context);
	}
	return number;
}

function readSwitch(definition: Definition, value: unknown, context: ReadingContext): boolean {
	const isOn = toBoolean(only(value));
	if (isOn === undefined) throw unclear(definition, value, 'true or false', context);
	return isOn;
}

/** A number that is no option does not say which one is meant. */
function readOption(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): INodePropertyOptions['value'] | undefined {
	const choices = choicesOf(definition);
	const choice =
		choices.find((candidate) => String(candidate.value) === toText(value)) ??
		choices.find((candidate) => isAlike(candidate.value, value)) ??
		choices.find((candidate) => isAlike(candidate.name, value));
	if (choice) return choice.value === '' ? undefined : choice.value;

	const names = choices.map(({ name }) => name).join(', ');
	if (typeof value !== 'number') throw unclear(definition, value, `one of ${names}`, context);
	context.hint(
		`${nameOf(definition, context)}: ${value} is not one of ${names}, so it was left out.`,
	);
	return undefined;
}

function readOptions(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): Array<INodePropertyOptions['value']> | undefined {
	const chosen = split(definition, value).flatMap(
		(one) => (isBlank(one) ? undefined : readOption(definition, one, context)) ?? [],
	);
	return chosen.length > 0 ? chosen : undefined;
}

function readCollection(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): IDataObject {
	const record = only(parseJson(value) ?? value);
	if (!isRecord(record)) throw unclear(definition, value, FIELDS, context);
	return readFields(fieldsOf(definition), record, inside(nameOf(definition, context), context));
}

/** Whatever gives the entries, they come out under the name of their group, as n8n stores them. */
function readGroup(
	definition: Definition,
	value: unknown,
	context: ReadingContext,
): IDataObject | undefined {
	const group = groupOf(definition);
	if (group === undefined) return undefined;
	const given = parseJson(value) ?? value;
	const entries = isRecord(given) && group.name in given ? given[group.name] : given;
	const isList = takesSeveral(definition);
	const records = (Array.isArray(entries) ? entries : [entries]).map((entry, index) => {
		if (isBlank(entry)) return {};
		if (!isRecord(entry)) throw unclear(definition, entry, FIELDS, context);
		const place = isList ? `${group.displayName} ${index + 1}` : nameOf(definition, context);
		return readFields(group.values, entry, inside(place, context));
	});
	const filled = records.filter((record) => !isBlank(record));
	if (filled.length === 0) return undefined;
	return { [group.name]: isList ? filled : filled[0] };
}

const FIELDS = 'fields with their values';

function inside(place: string, context: ReadingContext): ReadingContext {
	return { ...context, place };
}

/** "Share of Sale", or "Rep 2 → Share of Sale". */
function nameOf({ displayName }: Definition, { place }: ReadingContext): string {
	return place === undefined ? displayName : `${place} → ${displayName}`;
}

/** A list with one value stands for the value. */
function only(value: unknown): unknown {
	const values = Array.isArray(value) ? value.filter((one) => !isBlank(one)) : [];
	return values.length === 1 ? values[0] : value;
}

/** What is written as JSON, as an AI agent does; `undefined` for any other text. */
export function parseJson(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
	return jsonParse<unknown>(value, { fallbackValue: null }) ?? undefined;
}

function isAlike(one: unknown, other: unknown): boolean {
	const plain = (value: unknown) =>
		toText(value)
			?.toLowerCase()
			.replace(/[\s_-]/g, '');
	return plain(one) === plain(other);
}

function unclear(
	definition: Definition,
	value: unknown,
	wanted: string,
	context: ReadingContext,
): UserError {
	const name = nameOf(definition, context);
	return new UserError(`${name}: ${describeValue(value)} is not ${wanted}`, {
		description: isRecord(value)
			? `Drag a field from inside the object into ${name}, not the object as a whole.`
			: `Check what ${name} gets from the nodes before this one.`,
	});
}

function lostDigits(definition: Definition, text: string, context: ReadingContext): UserError {
	const name = nameOf(definition, context);
	return new UserError(`${name}: the number ${text} is too long, so its last digits were lost`, {
		description: LOST_DIGITS,
	});
}
