import { sql } from 'kysely';
import { latestBelievable } from '../clock.ts';
import type { Tx } from '../open.ts';

/** Age in milliseconds beyond which attempts no longer count and are deleted. */
export const ATTEMPTS_KEPT = 24 * 3_600_000;

/** Serializes transactions on the same keys, so that parallel guesses are counted one after the other. */
export async function lockAttempts(tx: Tx, keys: readonly string[]): Promise<void> {
  for (const key of [...keys].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

/**
 * Number of attempts against a key since an instant, and the time of the last one. Attempts in the future are ignored:
 * they were counted before the clock was set back, and would make people wait for that long.
 */
export async function countAttempts(
  tx: Tx,
  key: string,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<{ readonly count: number; readonly last: Date | null }> {
  const row = await tx
    .selectFrom('attempts')
    .select((eb) => [eb.fn.countAll<string>().as('count'), eb.fn.max('at').as('last')])
    .where('key', '=', key)
    .where('at', '>', since)
    .where('at', '<=', latestBelievable(now))
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), last: row.last === null ? null : new Date(row.last) };
}

/** Counts one attempt against each key, and deletes expired ones. */
export async function addAttempts(tx: Tx, keys: readonly string[], now: Date): Promise<void> {
  await tx
    .deleteFrom('attempts')
    .where((eb) =>
      eb.or([eb('at', '<', new Date(now.getTime() - ATTEMPTS_KEPT)), eb('at', '>', latestBelievable(now))]),
    )
    .execute();
  await tx
    .insertInto('attempts')
    .values(keys.map((key) => ({ key, at: now })))
    .execute();
}

/** Deletes all attempts against a key. */
export async function clearAttempts(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('attempts').where('key', '=', key).execute();
}

/** Removes one attempt against a key, because it was not a wrong guess. */
export async function takeBackAttempt(tx: Tx, key: string): Promise<void> {
  await tx
    .deleteFrom('attempts')
    .where('id', '=', (eb) =>
      eb.selectFrom('attempts').select('id').where('key', '=', key).orderBy('at', 'desc').limit(1),
    )
    .execute();
}

/** Whether a person has signed in from a network before. */
export async function isKnownNetwork(tx: Tx, userId: string, network: string): Promise<boolean> {
  const row = await tx
    .selectFrom('known_networks')
    .select('last_at')
    .where('user_id', '=', userId)
    .where('network', '=', network)
    .executeTakeFirst();
  return row !== undefined;
}

/** All networks from which anyone has signed in. */
export async function anyKnownNetworks(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('known_networks').select('network').distinct().execute();
  return new Set(rows.map(({ network }) => network));
}

export async function rememberNetwork(tx: Tx, userId: string, network: string, now: Date): Promise<void> {
  await tx
    .insertInto('known_networks')
    .values({ user_id: userId, network, last_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'network']).doUpdateSet({ last_at: now }))
    .execute();
}
