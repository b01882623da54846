import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** Context to which the key of a client's fingerprints is sealed. */
export const fingerprintKeyPlace = (clientId: string) => `clients/${clientId}/fingerprints`;

/** Sealed key of a client's fingerprints; null: none yet. */
export async function findFingerprintKey(tx: Tx, clientId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('fingerprint_keys')
    .select('key_sealed')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.key_sealed ?? null;
}

/** Stores a sealed key unless there already is one, and returns the stored one. */
export async function makeFingerprintKey(tx: Tx, clientId: string, sealed: string): Promise<string> {
  await tx
    .insertInto('fingerprint_keys')
    .values({ client_id: clientId, key_sealed: sealed })
    .onConflict((there) => there.column('client_id').doNothing())
    .execute();
  return (await findFingerprintKey(tx, clientId)) ?? sealed;
}

/** Number of guard decisions before an instant that found a secret with this fingerprint, and the time of the first. */
export async function checksWithFingerprint(
  tx: Tx,
  clientId: string,
  {
    rule,
    fingerprint,
    before,
  }: { readonly rule: string; readonly fingerprint: string; readonly before: Date },
): Promise<{ readonly checks: number; readonly first: Date | null }> {
  const row = await tx
    .selectFrom('activity_checks as c')
    .innerJoin('activities as a', (join) =>
      join.onRef('a.client_id', '=', 'c.client_id').onRef('a.at', '=', 'c.at').onRef('a.id', '=', 'c.id'),
    )
    .select((eb) => [eb.fn.countAll<string>().as('checks'), eb.fn.min('c.at').as('first')])
    .where('c.client_id', '=', clientId)
    .where('c.verdict', 'in', ['denied', 'flagged'])
    .where('c.at', '<', before)
    .where(
      sql<boolean>`a.rest @> ${JSON.stringify({ detail: { fingerprints: { [rule]: [fingerprint] } } })}::jsonb`,
    )
    .executeTakeFirst();
  return {
    checks: Number(row?.checks ?? 0),
    first: row?.first === null || row?.first === undefined ? null : new Date(row.first),
  };
}
