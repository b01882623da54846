export { readAttestations, todayOf } from './views.ts';
