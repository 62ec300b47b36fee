import type { BenchCase } from '../bench-case';
import { decision } from './decision';
import { notReadyDeliveries, readyDeliveries } from './deliveries';
import { details500 } from './details';
import { faultySync } from './faulty-sync';
import { fetch5000 } from './fetch';
import { growth } from './growth';
import { idle } from './idle';
import { sync1000, sync5000 } from './sync';
import { syncSlow } from './sync-slow';

/** In the order of the table. */
export const CASES: BenchCase[] = [
	sync1000,
	sync5000,
	syncSlow,
	faultySync,
	fetch5000,
	details500,
	readyDeliveries,
	notReadyDeliveries,
	idle,
	decision,
	growth,
];
