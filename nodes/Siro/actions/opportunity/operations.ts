export { deleteOpportunity } from './delete';
export { get } from './get';
export { getAll } from './getAll';
export { sync } from './sync';
