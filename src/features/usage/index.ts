export { blindSpots } from './blind.ts';
