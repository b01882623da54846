export { approvedNow, plainWords } from './mine.ts';
