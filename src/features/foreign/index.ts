export { shareOfMemory } from '../memory.ts';
export { idleMs, keepIdleThreads } from './idle.ts';
export { ForeignProblem } from './problem.ts';
export { runInProcess } from './process.ts';
export { readForeign } from './read.ts';
export { atLine, refusing } from './refusing.ts';
export { endOf, startThread } from './thread.ts';
export { freeMemoryMb, noMemory, PRINTING_MB, roomFor, watchMemory } from './watch.ts';
