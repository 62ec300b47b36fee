export { get } from './get';
export { getCrmUpdates } from './getCrmUpdates';
