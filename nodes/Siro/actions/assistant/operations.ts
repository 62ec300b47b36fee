export { ask } from './ask';
