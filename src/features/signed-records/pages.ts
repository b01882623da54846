import { PRINTING_MB, roomFor, runInProcess, shareOfMemory } from '../foreign/index.ts';
import { newLine } from '../shared/in-line.ts';

/** What the process is given: the template to set, and what it prints, as text only. */
export interface Pages {
  readonly template: string;
  readonly view: object;
}

const MAX_HEAP_MB = 512;
const MAX_MS = 5 * 60_000;

/** As many processes as requests would take the whole machine. */
const inLine = newLine();

/**
 * Sets a record in a process of its own, so that no page waits for someone's PDF. `template` is a Typst file; `signal`
 * is that of the request.
 */
export function recordPages(view: object, template: URL, signal: AbortSignal): Promise<Uint8Array> {
  const given = { template: template.href, view } satisfies Pages;
  const file = new URL('./pages-worker.ts', import.meta.url);
  return inLine(async () => {
    await roomFor(PRINTING_MB);
    return runInProcess(file, given, { heapMb: shareOfMemory(MAX_HEAP_MB), maxMs: MAX_MS });
  }, signal);
}
