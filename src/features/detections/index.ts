export { dayBounds } from './day-bounds.ts';
