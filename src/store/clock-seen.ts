import type { Tx } from './open.ts';

/** Id of the only row, shared by all processes of a database. */
const ID = 1;

interface ClockSeen {
  readonly seenAt: Date;
  /** Since when the clock has not jumped forward or backward. */
  readonly steadySince: Date;
}

/** null: the clock was never recorded. */
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
