export { revisionsSince } from './since.ts';
