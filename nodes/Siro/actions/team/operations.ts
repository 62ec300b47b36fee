export { create } from './create';
export { deleteTeam } from './delete';
export { get } from './get';
export { getAll } from './getAll';
export { update } from './update';
