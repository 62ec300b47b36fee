export { getAll } from './getAll';
export { getEvaluation } from './getEvaluation';
export { getMetricValues } from './getMetricValues';
export { getScoreHistory } from './getScoreHistory';
