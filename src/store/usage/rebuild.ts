import { sql } from 'kysely';
import { localTime } from '#domain/model/local-time.ts';
import { keptBy, SLICE_NAMES, startOf, weekOf } from '#domain/usage/slices.ts';
import { activitiesAfter } from '../activity/read.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import type { Wanted } from './count.ts';
import { rollUp } from './roll-up.ts';

const PAGE = 5_000;

/**
 * Recounts a client's log in a zone within the caller's transaction, blocking writers of the log. Periods from which
 * retention has removed activities keep their counts, because the log is no longer complete.
 */
export async function rebuildRollUps(tx: Tx, clientId: string, zone: string): Promise<void> {
  await sql`select last_seq from "activity_heads" where client_id = ${clientId} for update`.execute(tx);
  const state = await tx
    .selectFrom('activity_rollup_states')
    .select('log_from')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  const wanted = wholeSince(state?.log_from ?? null, zone);
  for (const slice of SLICE_NAMES) {
    const { rows } = await sql<{ start: string }>`
      select distinct start from "activity_rollups" where client_id = ${clientId} and slice = ${slice}`.execute(
      tx,
    );
    const starts = rows.map(({ start }) => start).filter((start) => wanted(slice, start));
    if (starts.length > 0)
      await writing(
        'activity_rollups',
      )`delete from "activity_rollups" where client_id = ${clientId} and slice = ${slice}
        and start = any(${starts}::text[])`.execute(tx);
  }
  for (let seq = 0; ; ) {
    const page = await activitiesAfter(tx, clientId, seq, PAGE);
    await rollUp(tx, clientId, zone, page, wanted);
    const last = page.at(-1);
    if (last === undefined) break;
    seq = last.seq;
  }
  await tx
    .insertInto('activity_rollup_states')
    .values({ client_id: clientId, zone, log_from: null })
    .onConflict((there) => there.column('client_id').doUpdateSet({ zone }))
    .execute();
}

/** Selects periods that began after the last removed activity. Days of a partly removed week are excluded. */
function wholeSince(from: Date | null, zone: string): Wanted {
  if (from === null) return () => true;
  const before = new Date(from.getTime() - 1).toISOString();
  const day = localTime(before, zone)?.day ?? before.slice(0, 10);
  return (slice, start) =>
    keptBy(slice) === 'week' ? weekOf(start) > weekOf(day) : start > startOf(keptBy(slice), before, day);
}
