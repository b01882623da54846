import { Worker } from 'node:worker_threads';
import { isMemoryTight } from '../memory.ts';
import { ForeignProblem } from './problem.ts';
import { watchMemory } from './watch.ts';

/**
 * Starts a thread whose heap is bounded. When it is full, or the process as a whole comes near its end, the thread ends with an error that {@link endOf} puts into
 * words; the rest of the process goes on. `heapMb` in megabytes.
 */
export function startThread(file: URL, heapMb: number, workerData?: unknown): Worker {
  return watchMemory(
    new Worker(file, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: isMemoryTight() ? 6 : 16 },
    }),
  );
}

/** What an error event of a thread means. */
export function endOf(error: Error): ForeignProblem {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ForeignProblem(
        'too_much_memory',
        'It needs more memory than is available. Split it into smaller files, try again in a minute, or give Bylaw more memory.',
      )
    : new ForeignProblem('failed', `It could not be read: ${error.message}`);
}
