export { approvedNow, changesOf, plainWords } from './mine.ts';
