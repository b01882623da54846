import type { Tx } from '../open.ts';

/** A stored reading that is not yet in the activity log. */
export interface Unlogged {
  readonly clientId: string;
  readonly id: string;
  readonly kind: string;
  readonly observedOn: string;
}

/** Readings of these kinds whose rows belong in the activity log and are not there yet, oldest first. */
export async function unloggedReadings(tx: Tx, kinds: readonly string[]): Promise<Unlogged[]> {
  const rows = await tx
    .selectFrom('observations as o')
    .leftJoin('activity_logged_readings as l', (join) =>
      join.onRef('l.client_id', '=', 'o.client_id').onRef('l.observation_id', '=', 'o.id'),
    )
    .select(['o.client_id', 'o.id', 'o.kind', 'o.observed_on'])
    .where('o.kind', 'in', kinds)
    .where('o.stored_at', 'is not', null)
    .where('l.observation_id', 'is', null)
    .orderBy('o.stored_at')
    .execute();
  return rows.map((row) => ({
    clientId: row.client_id,
    id: row.id,
    kind: row.kind,
    observedOn: row.observed_on,
  }));
}

/** One part of a reading's rows; null: no more. */
export async function rowsPart(
  tx: Tx,
  clientId: string,
  observation: string,
  part: number,
): Promise<Uint8Array | null> {
  const row = await tx
    .selectFrom('observation_rows')
    .select('rows')
    .where('client_id', '=', clientId)
    .where('observation_id', '=', observation)
    .where('part', '=', part)
    .executeTakeFirst();
  return row?.rows ?? null;
}

export async function recordLogged(tx: Tx, clientId: string, observation: string, now: Date): Promise<void> {
  await tx
    .insertInto('activity_logged_readings')
    .values({ client_id: clientId, observation_id: observation, logged_at: now })
    .onConflict((there) => there.doNothing())
    .execute();
}

/** Periods of the spend reports in the log, by person and subject. */
export async function spendPeriods(
  tx: Tx,
  clientId: string,
): Promise<
  readonly { readonly about: string; readonly from: string; readonly to: string; readonly id: string }[]
> {
  const rows = await tx
    .selectFrom('activities')
    .select(['id', 'person', 'model', 'rest'])
    .where('client_id', '=', clientId)
    .where('type', '=', 'spend_report_line')
    .execute();
  return rows.map(({ id, person, model, rest }) => ({
    id,
    about: JSON.stringify([person ?? rest.actor.name, rest.detail.product ?? null, model]),
    from: String(rest.detail.from),
    to: String(rest.detail.to),
  }));
}
