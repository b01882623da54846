import type { Tx } from './open.ts';

/** One row for all processes on a database. */
const ID = 1;

interface ClockSeen {
  readonly seenAt: Date;
  /** Since when it was never further on, or back, than it should have been. */
  readonly steadySince: Date;
}

/** null: it was never looked at. */
export async function clockSeen(tx: Tx): Promise<ClockSeen | null> {
  const row = await tx.selectFrom('clock_seen').selectAll().where('id', '=', ID).executeTakeFirst();
  return row === undefined ? null : { seenAt: row.seen_at, steadySince: row.steady_since };
}

export async function noteClock(tx: Tx, { seenAt, steadySince }: ClockSeen): Promise<void> {
  const values = { seen_at: seenAt, steady_since: steadySince };
  await tx
    .insertInto('clock_seen')
    .values({ id: ID, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}
