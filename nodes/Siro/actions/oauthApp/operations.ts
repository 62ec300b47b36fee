export { create } from './create';
export { deleteOAuthApp } from './delete';
export { get } from './get';
export { getAll } from './getAll';
