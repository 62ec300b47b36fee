import { ENGAGEMENT_CASES } from './engagement-cases';
import { EXTRACTION_CASES } from './extraction-cases';
import type { OperationCase } from './operation-case';
import { OPPORTUNITY_CASES } from './opportunity-cases';
import { RECORDING_CASES } from './recording-cases';
import { SUMMARY_CASES } from './summary-cases';

export type { Exchange, OperationCase } from './operation-case';

/** Every operation, tried; the unit tests run them, the contract tests hold them against Siro's documents. */
export const OPERATION_CASES: OperationCase[] = [
	...ENGAGEMENT_CASES,
	...EXTRACTION_CASES,
	...OPPORTUNITY_CASES,
	...RECORDING_CASES,
	...SUMMARY_CASES,
];
