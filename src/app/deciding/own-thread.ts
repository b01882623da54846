import { Worker } from 'node:worker_threads';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { watchMemory } from '#features/foreign/index.ts';
import { isMemoryTight, shareOfMemory } from '#features/memory.ts';
import type { ThreadSource } from '#features/verdicts/thread.ts';

/** As far as V8 itself lets a heap grow where there is much memory. */
const MAX_HEAP_MB = 4096;

/**
 * A new thread for each console, let go when idle, so that a quiet console stays small. It is handed the catalogue, which
 * would take it a second to read again.
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
