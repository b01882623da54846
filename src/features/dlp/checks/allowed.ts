import type { Services } from '../../context.ts';
import { type CheckRecord, writeChecks } from './record.ts';

/** Milliseconds after which passed requests are written in one batch; and the maximum batch size per client. */
const WRITTEN_AFTER = 1_000;
const MAX_WAITING = 500;

interface Waiting {
  readonly records: Map<string, CheckRecord[]>;
  timer: NodeJS.Timeout | null;
  /** Resolves when everything accepted so far has been written. */
  written: Promise<void>;
}

const waitings = new WeakMap<Services['store'], Waiting>();

/**
 * Records that a request or prompt was scanned completely without findings. Does not wait for the disk: there are
 * many, and losing a second of them in a crash loses no block.
 */
export function recordAllowed(services: Services, clientId: string, record: CheckRecord): void {
  const waiting = waitings.get(services.store) ?? {
    records: new Map(),
    timer: null,
    written: Promise.resolve(),
  };
  waitings.set(services.store, waiting);
  const mine = waiting.records.get(clientId) ?? [];
  waiting.records.set(clientId, mine);
  mine.push(record);
  if (mine.length === MAX_WAITING) void writeAllowed(services);
  else waiting.timer ??= setTimeout(() => void writeAllowed(services), WRITTEN_AFTER).unref();
}

/** Writes what passed; resolves when everything has been written. */
export async function writeAllowed(services: Services): Promise<void> {
  const waiting = waitings.get(services.store);
  if (waiting === undefined) return;
  if (waiting.timer !== null) clearTimeout(waiting.timer);
  waiting.timer = null;
  const all = [...waiting.records];
  waiting.records.clear();
  waiting.written = waiting.written.then(async () => {
    for (const [clientId, records] of all) await writeChecks(services, clientId, records, 10_000);
  });
  await waiting.written;
}
