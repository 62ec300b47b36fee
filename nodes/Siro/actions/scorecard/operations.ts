export { getMetricValues } from './getMetricValues';
