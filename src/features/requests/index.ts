export { approvedNow, changesOf, type Permits, permitsOf } from './own-requests.ts';
