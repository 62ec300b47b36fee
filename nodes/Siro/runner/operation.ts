import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Outcome } from '../api/batches';
import type { SiroClient } from '../api/client';
import type { SiroConnection } from '../api/connection';
import type { RecordFields } from '../values/recordFields';
import type { ReadingContext } from './readValue';

/** A record as a resource locator names it. An expression may give just an ID: its mode is `id`. */
export interface NamedRecord {
	/** Empty if there is none. */
	id: string;
	mode: string;
}

/** One input item, as an operation sees it: its parameters, and Siro with errors that name the item. */
export interface OperationItem {
	readonly index: number;
	readonly context: IExecuteFunctions;
	readonly siro: SiroClient;
	/** A parameter's value for this item; of a resource locator, the ID. */
	parameter<T>(name: string, fallback?: T): T;
	/** A parameter as n8n gives it, for what must be told apart more closely than `parameter` does. */
	given(name: string): unknown;
	/** The record that a resource locator names: its ID, and which of the locator's modes was used. */
	locator(name: string): NamedRecord;
	/** For values inside a parameter that are read by definitions of their own. */
	readonly reading: ReadingContext;
	/** What the user may wonder about. One text is shown once, with all items that it is about. */
	hint(text: string): void;
}

/** What an operation gives for one item: a record, several, none, or n8n items (with binary data). */
export type OperationOutput = IDataObject | IDataObject[] | { items: INodeExecutionData[] };

interface OperationMenuEntry {
	/** The value that saved workflows hold. Never change it. */
	value: string;
	name: string;
	/** What it does, as errors say it after "Could not …"; the nodes panel shows it without articles. */
	action: string;
	description: string;
	/** Without `displayOptions` for resource and operation: the registry adds them. */
	parameters: INodeProperties[];
	/** Entries of the collection "Options", besides those that every operation has. */
	options?: INodeProperties[];
	/** Entries of the collection "Sort", which n8n's guidelines want below the options. */
	sorting?: INodeProperties[];
}

/** An operation that works on each item alone. */
export interface ItemOperation extends OperationMenuEntry {
	/** Whether items may be worked on side by side: for operations that only read. */
	isReading: boolean;
	/** What the records that it gives are made of, if they have more than ten fields. */
	records?: RecordFields;
	execute(item: OperationItem): Promise<OperationOutput>;
}

/** An operation that works on all items together; it gives one outcome per item, in their order. */
export interface BatchOperation extends OperationMenuEntry {
	executeBatch(items: OperationItem[], siro: SiroConnection): Promise<Outcome[]>;
}

/** An operation that takes all items as one list; what it gives belongs to all of them. */
export interface JointOperation extends OperationMenuEntry {
	executeJointly(items: OperationItem[]): Promise<OperationOutput>;
}

export type Operation = ItemOperation | BatchOperation | JointOperation;

/** A resource of the action node: a menu entry and its operations. */
export interface Resource {
	value: string;
	name: string;
	description: string;
	/** The operation that the menu starts with. */
	defaultOperation: string;
	operations: Operation[];
}
