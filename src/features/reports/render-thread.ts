import { Worker } from 'node:worker_threads';
import type { Report } from './model.ts';
import type { Format, RenderOptions } from './render.ts';

export interface RenderJob {
  readonly report: Report;
  readonly format: Format;
  readonly options: RenderOptions;
}

/** One after the other: a PDF of a large client takes a core for a second. */
let last: Promise<unknown> = Promise.resolve();

/** Renders in a thread of its own, so that no page waits for somebody's PDF. */
export function renderApart(job: RenderJob): Promise<Uint8Array> {
  const mine = last.catch(() => undefined).then(() => inThread(job));
  last = mine;
  return mine;
}

function inThread(job: RenderJob): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url), { workerData: job });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The report could not be written: its thread ended.')));
  });
}
