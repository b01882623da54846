import type { Services } from '../../context.ts';
import { type CheckRecord, writeChecks } from './record.ts';

/** Milliseconds after which what passed is written down, all at once; and how much of a client at most. */
const WRITTEN_AFTER = 1_000;
const MAX_WAITING = 500;

interface Waiting {
  readonly records: Map<string, CheckRecord[]>;
  timer: NodeJS.Timeout | null;
  /** Ends when all that was taken up so far is written. */
  written: Promise<void>;
}

const waitings = new WeakMap<Services['store'], Waiting>();

/**
 * Notes that a request or a prompt passed, looked through to its end and with nothing found. It waits for no disk: there
 * are many of them, and a second of them that a killed process takes along is nobody's refusal.
 */
export function noteAllowed(services: Services, clientId: string, record: CheckRecord): void {
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

/** Writes what passed; ends when all of it is written. */
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
