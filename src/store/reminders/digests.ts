import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type DigestRow = Selectable<Database['reminder_digests']>;

/** How a person is reminded by mail; null: they never said. */
export async function findDigest(tx: Tx, userId: string): Promise<DigestRow | null> {
  const row = await tx
    .selectFrom('reminder_digests')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores how a person is reminded. What became of earlier reminders stays. */
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

/** Everyone who is reminded by mail and can sign in. */
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
 * Takes the reminder of a day for anyone who calls; false: another process was as quick, or the person changed their mind.
 * Anyone who takes it sends it once or lets it go; nobody takes it again, whatever became of it.
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
    .where((eb) => eb.or([eb('claimed_on', 'is', null), eb('claimed_on', '<', claim.day)]))
    .executeTakeFirst();
  return Number(taken.numUpdatedRows) === 1;
}

/** Notes what became of a reminder that was taken. */
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
