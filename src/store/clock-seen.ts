import type { Tx } from './open.ts';

/** Id of the only row, shared by all processes of a database. */
const ID = 1;

interface ClockSeen {
  readonly seenAt: Date;
  /** Since when the clock has not jumped forward or backward. */
  readonly steadySince: Date;
  /** Longest absence that earlier runs got past, in seconds; 0: none that counted as a leap. */
  readonly awaySeconds: number;
}

/** null: the clock was never recorded. */
export async function clockSeen(tx: Tx): Promise<ClockSeen | null> {
  const row = await tx.selectFrom('clock_seen').selectAll().where('id', '=', ID).executeTakeFirst();
  return row === undefined
    ? null
    : { seenAt: row.seen_at, steadySince: row.steady_since, awaySeconds: row.away_seconds };
}

export async function recordClock(tx: Tx, { seenAt, steadySince, awaySeconds }: ClockSeen): Promise<void> {
  const values = { seen_at: seenAt, steady_since: steadySince, away_seconds: awaySeconds };
  await tx
    .insertInto('clock_seen')
    .values({ id: ID, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}
