export { getAll } from './getAll';
export { update } from './update';
