import { createHash, randomUUID } from 'node:crypto';
import type { Verdict } from '#domain/model/verdict.ts';
import type { Tx } from '#store/open.ts';
import type { ClientStatus } from '#store/verdicts/fleet.ts';
import type { Moment } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import { meaningOf, sameAsWorded, wordedVerdicts } from './meaning.ts';

/**
 * Writes verdicts that differ from the current ones; the previous ones end at this instant and become history.
 * Verdicts from older facts than the stored ones are dropped, so a slow thread never overwrites a newer result.
 */
export async function storeVerdicts(
  tx: Tx,
  facts: Facts,
  verdicts: readonly Verdict[],
  moment: Moment,
  now: Date,
  decided: { readonly digest: string; readonly status: ClientStatus },
): Promise<boolean> {
  const clientId = facts.client.id;
  const claimed = await tx
    .updateTable('clients')
    .set({
      decided_version: facts.version,
      decided_day: moment.today,
      decided_at: now,
      catalogue_digest: decided.digest,
      status: JSON.stringify(decided.status),
    })
    .where('id', '=', clientId)
    .where((eb) =>
      eb.or([
        eb('decided_version', '<=', facts.version),
        eb('decided_version', '>', eb.ref('facts_version')),
      ]),
    )
    .executeTakeFirst();
  if (Number(claimed.numUpdatedRows) === 0) return false;
  const current = await tx
    .selectFrom('verdicts')
    .select(['id', 'control_id', 'digest', 'body_digest'])
    .where('client_id', '=', clientId)
    .where('until', 'is', null)
    .execute();
  const byControl = new Map(current.map((row) => [row.control_id, row]));
  const meanings = new Map(verdicts.map((verdict) => [verdict.control, meaningOf(verdict)]));
  const other = current.filter((row) => row.digest !== meanings.get(row.control_id));
  const worded = await wordedVerdicts(tx, clientId, other);
  const ended: string[] = [];
  const fresh: Verdict[] = [];
  for (const verdict of verdicts) {
    const old = byControl.get(verdict.control);
    byControl.delete(verdict.control);
    const meaning = meanings.get(verdict.control) ?? '';
    const before = worded.get(verdict.control);
    if (old?.digest === meaning || (before !== undefined && sameAsWorded(before, verdict))) {
      // Same meaning, possibly with newer readings or better wording: the row is kept, so that "since" remains true.
      if (old !== undefined && old.body_digest !== sha256(JSON.stringify(verdict)))
        await tx
          .updateTable('verdicts')
          .set({ digest: meaning, ...columnsOf(verdict, moment) })
          .where('client_id', '=', clientId)
          .where('id', '=', old.id)
          .execute();
      continue;
    }
    if (old) ended.push(old.id);
    fresh.push(verdict);
  }
  // Controls that were removed from the catalogue have no current verdict.
  ended.push(...[...byControl.values()].map(({ id }) => id));
  if (ended.length > 0)
    await tx
      .updateTable('verdicts')
      .set({ until: now })
      .where('client_id', '=', clientId)
      .where('id', 'in', ended)
      .execute();
  if (fresh.length > 0)
    await tx
      .insertInto('verdicts')
      .values(
        fresh.map((verdict) => ({
          id: randomUUID(),
          client_id: clientId,
          control_id: verdict.control,
          digest: meanings.get(verdict.control) ?? '',
          since: now,
          until: null,
          ...columnsOf(verdict, moment),
        })),
      )
      .execute();
  return fresh.length > 0 || ended.length > 0;
}

function columnsOf(verdict: Verdict, moment: Moment) {
  const body = JSON.stringify(verdict);
  return {
    state: verdict.state,
    reason: verdict.reason,
    body,
    body_digest: sha256(body),
    decided_day: moment.today,
    good_until: verdict.goodUntil,
    due: verdict.due,
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
