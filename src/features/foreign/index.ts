export { answerOf } from './answer.ts';
export { readForeign } from './read.ts';
export { endOf, shareOfMemory, startThread } from './thread.ts';
