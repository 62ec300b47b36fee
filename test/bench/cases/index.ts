import type { BenchCase } from '../bench-case';
import { sync1000, sync5000 } from './sync';

/** In the order of the table. */
export const CASES: BenchCase[] = [sync1000, sync5000];
