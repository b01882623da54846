import type { Signal } from '#sources/otlp/record.ts';
import { countRefusals, type Refusal } from '#store/telemetry/intake.ts';
import type { Services } from '../context.ts';
import { hourOf } from './count.ts';
import { isAway } from './spool.ts';

type Needs = Pick<Services, 'store' | 'clock' | 'log' | 'tally'>;

/** Why records or whole requests of an admitted sender were refused or not kept. */
export const REFUSALS = [
  'malformed',
  'too_many_attributes',
  'unreadable_request',
  'too_large',
  'unknown_encoding',
  'later',
  'queue_full',
  'repeats_events',
  'repeats_records',
  'running_total',
  'unknown_metric',
  'no_value',
] as const;
export type RefusalReason = (typeof REFUSALS)[number];

/**
 * Delay in milliseconds before counts are written. They are for display only, and with it a flood of refusals costs one
 * row.
 */
const WRITTEN_AFTER = 5_000;

interface Waiting {
  readonly clients: Map<string, Counts>;
  timer: NodeJS.Timeout | null;
}

const waitings = new WeakMap<Services['store'], Waiting>();

export function recordRefusal(
  services: Needs,
  clientId: string,
  signal: Signal,
  reason: RefusalReason,
  records: number,
): void {
  services.tally.add('telemetry_refused', reason, records);
  const waiting = waitings.get(services.store) ?? { clients: new Map(), timer: null };
  waitings.set(services.store, waiting);
  const now = services.clock();
  const hour = hourOf(now);
  const key = `${hour.getTime()} ${signal} ${reason}`;
  const client = waiting.clients.get(clientId) ?? new Map();
  waiting.clients.set(clientId, client);
  const counted = client.get(key) ?? { hour, signal, reason, records: 0, lastAt: now };
  counted.records += records;
  counted.lastAt = now;
  client.set(key, counted);
  waiting.timer ??= setTimeout(() => void writeRefusals(services), WRITTEN_AFTER).unref();
}

type Counts = Map<string, { -readonly [K in keyof Refusal]: Refusal[K] }>;

function putBack({ clients }: Waiting, clientId: string, counts: Counts): void {
  const since = clients.get(clientId) ?? new Map();
  for (const [key, one] of counts) {
    const known = since.get(key);
    if (known === undefined) since.set(key, one);
    else known.records += one.records;
  }
  clients.set(clientId, since);
}

/** Writes the counts. Those that cannot be written now are kept for the next time. */
export async function writeRefusals(services: Needs): Promise<void> {
  const waiting = waitings.get(services.store);
  if (waiting === undefined) return;
  if (waiting.timer !== null) clearTimeout(waiting.timer);
  waiting.timer = null;
  const clients = [...waiting.clients];
  waiting.clients.clear();
  for (const [clientId, counts] of clients) {
    try {
      await services.store.write([clientId], (tx) => countRefusals(tx, clientId, [...counts.values()]));
    } catch (error) {
      services.log.warn({ err: error }, 'what was refused of telemetry could not be counted');
      if (isAway(error)) putBack(waiting, clientId, counts);
    }
  }
}
