export { stepsFor } from './advice.ts';
export { risksOf } from './columns.ts';
export { countsWords } from './money.ts';
export { quotesFor, reachOf } from './read.ts';
export { upgradesOf } from './upgrades.ts';
