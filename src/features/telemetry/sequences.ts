import { readSequences } from '#store/telemetry/sequences.ts';
import type { Services } from '../context.ts';

/** Age in milliseconds at which events are evaluated: until then, one that was sent earlier may still arrive. */
const SETTLE_MS = 15 * 60_000;
/** Log positions read per transaction. */
const CHUNK = 20_000;
/** Time limit per client and run, in milliseconds; the next run continues. */
const MAX_RUN_MS = 20_000;

/**
 * Searches new events for numbers that never arrived. Claude Code and Cowork number the events of a session from 0, so
 * a gap is an event that was sent and lost.
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
        if (read === 0 || performance.now() - begun > MAX_RUN_MS) break;
      }
    } catch (error) {
      // An error at one client must not stop the others.
      log.error({ err: error, client: id }, 'telemetry was not looked through for lost events');
    }
  }
}
