import type { MemoryUse } from './n8n-usage';

/** What one run of a job took; whoever measured it has checked that the job was done right. */
export interface Sample {
	/** In the unit of the case: milliseconds, or deliveries per second. */
	value: number;
	/** How many requests Siro received. */
	requests?: number;
	/** CPU time of n8n in milliseconds: of a run, or per delivery. */
	cpu?: number;
}

/** What a case measured of one way of doing its job. */
export interface Figures {
	samples: Sample[];
	/** Of a fresh n8n that did the job once. */
	memory?: MemoryUse;
}

export type Unit = 'ms' | '/s' | 'µs' | 'MB';

/** One line of the table: our way of doing a job beside another way. */
export interface Row {
	case: string;
	/** What users would do instead. */
	comparedWith: string;
	unit: Unit;
	ours: Figures;
	theirs: Figures;
	target: string;
	/** Left out where the figures are only shown. */
	isReached?: boolean;
}

/** A table of its own, for what does not fit into the large one. */
export interface DetailTable {
	title: string;
	columns: string[];
	lines: string[][];
}

export interface CaseResult {
	rows: Row[];
	details?: DetailTable[];
}

export interface BenchOptions {
	/** How often each way is measured, unless a run takes minutes. */
	repeat: number;
	/** The packed package. */
	tarball: string;
	/** Takes a line about the progress. */
	tell: (line: string) => void;
}

/** A case of the bench. It throws when a job was not done right, which is reported as failed. */
export interface BenchCase {
	/** For `--only`. */
	name: string;
	/** What is compared, in words. */
	compares: string;
	run: (options: BenchOptions) => Promise<CaseResult>;
}
