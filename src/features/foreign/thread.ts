import { Worker } from 'node:worker_threads';
import { isMemoryTight } from '../memory.ts';
import { ForeignProblem } from './problem.ts';
import { watchMemory } from './watch.ts';

/**
 * Starts a thread with a limited heap. If its heap is full, or the whole process is about to run out of memory, only
 * the thread ends, with an error that {@link endOf} translates.
 *
 * @param heapMb Heap limit in megabytes.
 */
export function startThread(file: URL, heapMb: number, workerData?: unknown): Worker {
  return watchMemory(
    new Worker(file, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: isMemoryTight() ? 6 : 16 },
    }),
  );
}

/** Translates a thread's error event. */
export function endOf(error: Error): ForeignProblem {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ForeignProblem(
        'too_much_memory',
        'It needs more memory than is available. Split it into smaller files, try again in a minute, or give Bylaw more memory.',
      )
    : new ForeignProblem('failed', `It could not be read: ${error.message}`);
}
