import { Worker } from 'node:worker_threads';

/** What the thread is given: the template to set, and what it prints, as text only. */
export interface Pages {
  readonly template: string;
  readonly view: object;
}

/** Sets a record in a thread of its own, so that no page waits for somebody's PDF. `template` is a Typst file. */
export function recordPages(view: object, template: URL): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pages-worker.ts', import.meta.url), {
      workerData: { template: template.href, view } satisfies Pages,
    });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The record could not be written: its thread ended.')));
  });
}
