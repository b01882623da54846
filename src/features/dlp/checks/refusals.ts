import { type CheckRefusals, countCheckRefusals } from '#store/dlp/checks.ts';
import type { Services } from '../../context.ts';

type Needs = Pick<Services, 'store' | 'clock' | 'log'>;

/** Milliseconds after which counts are written, so that a flood of rejected calls costs one row. */
const WRITTEN_AFTER = 2_000;

interface Waiting {
  readonly counts: Map<
    string,
    { clientId: string } & { -readonly [K in keyof CheckRefusals]: CheckRefusals[K] }
  >;
  timer: NodeJS.Timeout | null;
}

const waitings = new WeakMap<Services['store'], Waiting>();

/** Counts a call that a guard rejected without scanning. */
export function recordCheckRefusal(services: Needs, clientId: string, guard: string, reason: string): void {
  const waiting = waitings.get(services.store) ?? { counts: new Map(), timer: null };
  waitings.set(services.store, waiting);
  const now = services.clock();
  const day = now.toISOString().slice(0, 10);
  const key = [clientId, day, guard, reason].join(' ');
  const counted = waiting.counts.get(key) ?? { clientId, day, guard, reason, calls: 0, lastAt: now };
  counted.calls += 1;
  counted.lastAt = now;
  waiting.counts.set(key, counted);
  waiting.timer ??= setTimeout(() => void writeCheckRefusals(services), WRITTEN_AFTER).unref();
}

/** Writes the counts. If that fails, they are lost, because they are only informative; the failure is logged. */
export async function writeCheckRefusals(services: Needs): Promise<void> {
  const waiting = waitings.get(services.store);
  if (waiting === undefined) return;
  if (waiting.timer !== null) clearTimeout(waiting.timer);
  waiting.timer = null;
  const counts = [...waiting.counts.values()];
  waiting.counts.clear();
  for (const { clientId, ...one } of counts)
    try {
      await services.store.write([clientId], (tx) => countCheckRefusals(tx, clientId, [one]));
    } catch (error) {
      services.log.warn({ err: error }, 'calls that a guard refused could not be counted');
    }
}
