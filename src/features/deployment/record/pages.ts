import { Worker } from 'node:worker_threads';
import type { RecordView } from './view.ts';

/** Sets the record in a thread of its own, so that no page waits for somebody's PDF. */
export function recordPages(view: RecordView): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pages-worker.ts', import.meta.url), { workerData: view });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The record could not be written: its thread ended.')));
  });
}
