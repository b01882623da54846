import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type TimeStampRow = Selectable<Database['time_stamps']>;

/** Queues a file for stamping; no change if it was queued before. */
export async function askForStamp(
  tx: Tx,
  { clientId, sha256, at }: { readonly clientId: string; readonly sha256: string; readonly at: Date },
): Promise<void> {
  await tx
    .insertInto('time_stamps')
    .values({ client_id: clientId, sha256, asked_at: at, next_try: at })
    .onConflict((on) => on.columns(['client_id', 'sha256']).doNothing())
    .execute();
}

export async function stampsOf(tx: Tx, clientId: string): Promise<ReadonlyMap<string, TimeStampRow>> {
  const rows = await tx.selectFrom('time_stamps').selectAll().where('client_id', '=', clientId).execute();
  return new Map(rows.map((row) => [row.sha256, row]));
}

/**
 * Claims due files of one client or of all (at most `max`) for the caller; no other process gets them until `again`.
 */
export async function takeDueStamps(
  tx: Tx,
  { clientId, now, again, max }: { clientId: string | null; now: Date; again: Date; max: number },
): Promise<TimeStampRow[]> {
  const due = await tx
    .selectFrom('time_stamps')
    .select(['client_id', 'sha256'])
    .where('next_try', '<=', now)
    .$if(clientId !== null, (query) => query.where('client_id', '=', clientId ?? ''))
    .orderBy('next_try')
    .limit(max)
    .forUpdate()
    .skipLocked()
    .execute();
  const taken: TimeStampRow[] = [];
  for (const { client_id, sha256 } of due)
    taken.push(
      ...(await tx
        .updateTable('time_stamps')
        .set((eb) => ({ next_try: again, tries: eb('tries', '+', 1) }))
        .where('client_id', '=', client_id)
        .where('sha256', '=', sha256)
        .returningAll()
        .execute()),
    );
  return taken;
}

export async function setStamp(
  tx: Tx,
  { client_id, sha256 }: Pick<TimeStampRow, 'client_id' | 'sha256'>,
  found: Partial<Omit<TimeStampRow, 'client_id' | 'sha256' | 'asked_at' | 'tries'>>,
): Promise<void> {
  await tx
    .updateTable('time_stamps')
    .set(found)
    .where('client_id', '=', client_id)
    .where('sha256', '=', sha256)
    .execute();
}
