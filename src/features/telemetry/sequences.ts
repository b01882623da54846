import { readSequences } from '#store/telemetry/sequences.ts';
import type { Services } from '../context.ts';

/** What is younger may still be overtaken by an event that was sent before it. */
const SETTLE_MS = 15 * 60_000;
/** Places of the log of one transaction. */
const CHUNK = 20_000;
/** Milliseconds after which a client makes way for the next; the rest is looked at the next time. */
const AT_ONCE = 20_000;

/**
 * Goes through what is new in each log for numbers of events that never came. Claude Code and Cowork number the events
 * of a session from 0 on, so a hole between two is an event that was sent and lost.
 */
export async function readTelemetrySequences({ store, clock, log }: Services): Promise<void> {
  const ids = await store.read('system', (tx) =>
    tx.selectFrom('activity_intake').select('client_id as id').distinct().orderBy('client_id').execute(),
  );
  const until = new Date(clock().getTime() - SETTLE_MS);
  for (const { id } of ids) {
    const begun = performance.now();
    try {
      for (;;) {
        const read = await store.write([id], (tx) => readSequences(tx, id, { until, max: CHUNK }));
        if (read === 0 || performance.now() - begun > AT_ONCE) break;
      }
    } catch (error) {
      // One client that cannot be looked through keeps no other one from it.
      log.error({ err: error, client: id }, 'telemetry was not looked through for lost events');
    }
  }
}
