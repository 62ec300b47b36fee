import { describeFaults } from './describe-faults';

jest.setTimeout(300_000);

describe('while 30 % of all answers of Siro are faulty', () => {
	describeFaults({ appointments: 300, recordings: 300, singles: 300 });
});
