export { insertClient } from './create.ts';
