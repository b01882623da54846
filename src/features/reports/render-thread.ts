import { PRINTING_MB, roomFor, runInProcess, shareOfMemory } from '../foreign/index.ts';
import { newLine } from '../shared/in-line.ts';
import type { Report } from './model.ts';
import type { Format, RenderOptions } from './render.ts';

export interface RenderJob {
  readonly report: Report;
  readonly format: Format;
  readonly options: RenderOptions;
}

const MAX_HEAP_MB = 1024;
const MAX_MS = 5 * 60_000;

/** One at a time: a PDF of a large client uses a core for a second. */
const inLine = newLine();

/** Renders in a separate process, so that no page waits for someone's PDF. `signal` aborts with the request. */
export function renderInProcess(job: RenderJob, signal: AbortSignal): Promise<Uint8Array> {
  return inLine(() => inProcess(job), signal);
}

async function inProcess(job: RenderJob): Promise<Uint8Array> {
  await roomFor(PRINTING_MB);
  const file = new URL('./render-worker.ts', import.meta.url);
  return runInProcess(file, job, { heapMb: shareOfMemory(MAX_HEAP_MB), maxMs: MAX_MS });
}
