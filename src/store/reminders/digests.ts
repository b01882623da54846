import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type DigestRow = Selectable<Database['reminder_digests']>;

/** A person's email digest; null: never set. */
export async function findDigest(tx: Tx, userId: string): Promise<DigestRow | null> {
  const row = await tx
    .selectFrom('reminder_digests')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores a person's settings, without the state of earlier reminders. */
export async function putDigest(
  tx: Tx,
  row: Pick<DigestRow, 'user_id' | 'rhythm' | 'weekday' | 'own_only' | 'changed_at' | 'claimed_on'>,
): Promise<void> {
  await tx
    .insertInto('reminder_digests')
    .values(row)
    .onConflict((there) => there.column('user_id').doUpdateSet(row))
    .execute();
}

/** People with an email digest who can sign in. */
export async function activeDigests(tx: Tx): Promise<DigestRow[]> {
  return tx
    .selectFrom('reminder_digests')
    .innerJoin('users', 'users.id', 'reminder_digests.user_id')
    .selectAll('reminder_digests')
    .where('rhythm', '<>', 'never')
    .where('users.disabled_at', 'is', null)
    .orderBy('user_id')
    .execute();
}

/**
 * Claims the reminder of a day; false: another process claimed it, or the person changed their settings. The process
 * that claims it sends it once or skips it. It is never claimed again, whatever the outcome.
 */
export async function claimDigest(
  tx: Tx,
  row: DigestRow,
  claim: { readonly day: string; readonly state: 'sending' | 'nothing'; readonly at: Date },
): Promise<boolean> {
  const taken = await tx
    .updateTable('reminder_digests')
    .set({ claimed_on: claim.day, state: claim.state, state_at: claim.at })
    .where('user_id', '=', row.user_id)
    .where('rhythm', '=', row.rhythm)
    .where('weekday', '=', row.weekday)
    .where('own_only', '=', row.own_only)
    .where('claimed_on', row.claimed_on === null ? 'is' : '=', row.claimed_on)
    .executeTakeFirst();
  return Number(taken.numUpdatedRows) === 1;
}

/** Records the outcome of a claimed reminder. */
export async function endDigest(
  tx: Tx,
  userId: string,
  ended: { readonly day: string; readonly count: number; readonly why: string | null; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('reminder_digests')
    .set(
      ended.why === null
        ? { state: 'sent', state_at: ended.at, sent_at: ended.at, sent_count: ended.count }
        : { state: 'failed', state_at: ended.at, failed_at: ended.at, failed_why: ended.why },
    )
    .where('user_id', '=', userId)
    .where('claimed_on', '=', ended.day)
    .execute();
}
