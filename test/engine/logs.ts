import type { LogMetadata } from 'n8n-workflow';

import { Container, Logger } from './container';

export interface LogLine {
	level: 'debug' | 'info' | 'warn' | 'error';
	message: string;
	metadata?: LogMetadata;
}

const lines: LogLine[] = [];

const logger = Container.get(Logger);
const record = (level: LogLine['level']) => (message: string, metadata?: LogMetadata) => {
	lines.push({ level, message, metadata });
};
logger.debug = record('debug');
logger.info = record('info');
logger.warn = record('warn');
logger.error = record('error');

beforeEach(() => lines.splice(0));

/** What n8n and the node have logged since the test began, at every level. */
export const recordedLogs = (): readonly LogLine[] => lines;
