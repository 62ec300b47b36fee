export { get } from './get';
export { getAll } from './getAll';
export { getEngagements } from './getEngagements';
