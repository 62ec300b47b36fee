export { deleteEngagement } from './delete';
export { deleteMissing } from './deleteMissing';
export { get } from './get';
export { getAll } from './getAll';
export { sync } from './sync';
