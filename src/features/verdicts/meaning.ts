import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Verdict } from '#domain/model/verdict.ts';
import type { Tx } from '#store/open.ts';
import { verdictOf } from '#store/verdicts/body.ts';

/**
 * What distinguishes a verdict from the previous one: its state, code, parameters and items. Neither the day of its
 * reading nor the wording of its sentences.
 */
export function meaningOf(verdict: Verdict): string {
  const { code, params } = verdict;
  return createHash('sha256')
    .update(JSON.stringify([factsOf(verdict), code, params]))
    .digest('hex');
}

/**
 * Whether a verdict stored before codes existed is equivalent to today's: same state and facts apart from the
 * sentence. This keeps the history of such verdicts in one piece.
 */
export function sameAsWorded(before: Verdict, verdict: Verdict): boolean {
  return JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(verdict));
}

/** The current verdicts that were stored before codes existed, by control. */
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
