export { approvedNow, changesOf, type Permits, permitsOf } from './mine.ts';
