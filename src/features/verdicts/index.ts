export { clientsNow, failsAmong } from './clients-now.ts';
export { countsAsReview, reviewKind } from './journal.ts';
