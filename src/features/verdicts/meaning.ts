import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Verdict } from '#domain/model/verdict.ts';
import type { Tx } from '#store/open.ts';
import { verdictOf } from '#store/verdicts/body.ts';

/**
 * What makes a verdict another one: its state, the case with its parameters, and whom it lists. Not the day of the
 * reading behind it, and not a word of its sentences.
 */
export function meaningOf(verdict: Verdict): string {
  const { code, params } = verdict;
  return createHash('sha256')
    .update(JSON.stringify([factsOf(verdict), code, params]))
    .digest('hex');
}

/**
 * Whether a verdict that was stored before cases had codes says the same as today's: its state and all facts beside the
 * sentence are the same. A history that goes back that far is not cut by words.
 */
export function sameAsWorded(before: Verdict, verdict: Verdict): boolean {
  return JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(verdict));
}

/** Those of these current verdicts that were stored before cases had codes, by control. */
export async function wordedVerdicts(
  tx: Tx,
  clientId: string,
  rows: readonly { readonly id: string; readonly control_id: string }[],
): Promise<ReadonlyMap<string, Verdict>> {
  if (rows.length === 0) return new Map();
  const found = await tx
    .selectFrom('verdicts')
    .select(['control_id', 'body'])
    .where('client_id', '=', clientId)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .where(sql<boolean>`${sql.ref('body')} -> 'code' is null`)
    .execute();
  return new Map(found.map((row) => [row.control_id, verdictOf(row.body)]));
}

function factsOf({ state, version, items, exception, rule }: Verdict) {
  const kept = exception && [exception.reason, exception.owner, exception.until, exception.covers];
  return { state, version, items: items.map(({ key }) => key).sort(), exception: kept, rule };
}
