import { Worker } from 'node:worker_threads';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { watchMemory } from '#features/foreign/index.ts';
import { isMemoryTight, shareOfMemory } from '#features/memory.ts';
import type { ThreadSource } from '#features/verdicts/thread.ts';

/** The heap limit that V8 itself chooses on a machine with plenty of memory. */
const MAX_HEAP_MB = 4096;

/**
 * Creates one thread per console and stops it when idle, which keeps an idle console small. The thread is passed the
 * parsed catalogue, because reading it again takes about a second.
 */
export function ownThread(catalogue: () => Catalogue): ThreadSource {
  return {
    idleMs: isMemoryTight() ? 2_000 : 30_000,
    take: () =>
      watchMemory(
        new Worker(new URL('./worker.ts', import.meta.url), {
          workerData: catalogue(),
          resourceLimits: { maxOldGenerationSizeMb: shareOfMemory(MAX_HEAP_MB) },
        }),
      ),
    giveBack: async (thread) => void (await thread.terminate()),
  };
}
