import type { Insertable } from 'kysely';
import type { PageOfList } from '#domain/model/reading.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

type ObservationValues = Omit<
  Insertable<Database['observations']>,
  'mapping' | 'unmapped' | 'notes' | 'page' | 'covers' | 'asks' | 'stored_at' | 'stored_by' | 'provenance'
> & {
  readonly mapping: readonly unknown[];
  readonly unmapped: readonly string[];
  readonly notes: readonly unknown[];
  readonly page: PageOfList | null;
  readonly covers: { readonly from: string; readonly to: string } | null;
  readonly asks: readonly { readonly field: string; readonly columns: readonly string[] }[];
};

/** Stages a reading: it does not become a fact until `stored_at` is set. */
export async function stageObservation(tx: Tx, values: ObservationValues): Promise<void> {
  await tx
    .insertInto('observations')
    .values({
      ...values,
      provenance: 'import',
      mapping: JSON.stringify(values.mapping),
      unmapped: JSON.stringify(values.unmapped),
      notes: JSON.stringify(values.notes),
      page: values.page === null ? null : JSON.stringify(values.page),
      covers: values.covers === null ? null : JSON.stringify(values.covers),
      asks: values.asks.length === 0 ? null : JSON.stringify(values.asks),
      stored_at: null,
      stored_by: null,
    })
    .execute();
}

export async function stageRows(
  tx: Tx,
  part: { clientId: string; observation: string; part: number; rows: Uint8Array },
): Promise<void> {
  await tx
    .insertInto('observation_rows')
    .values({
      client_id: part.clientId,
      observation_id: part.observation,
      part: part.part,
      rows: part.rows,
    })
    .execute();
}

/** Ids of an import's staged readings; with `file`, only those from that file (and what it contains). */
export async function stagedOf(
  tx: Tx,
  clientId: string,
  importId: string,
  file: string | null = null,
): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('observations')
    .select(['id', 'file'])
    .where('client_id', '=', clientId)
    .where('import_id', '=', importId)
    .where('stored_at', 'is', null)
    .execute();
  return rows
    .filter((row) => file === null || row.file === file || row.file.startsWith(`${file}/`))
    .map(({ id }) => id);
}

/** Deletes the rows of a staged reading, a few parts at a time; true: all of it is deleted. */
export async function unstageSome(
  tx: Tx,
  clientId: string,
  observation: string,
  parts: number,
): Promise<boolean> {
  const some = await tx
    .selectFrom('observation_rows as r')
    .innerJoin('observations as o', (join) =>
      join.onRef('o.client_id', '=', 'r.client_id').onRef('o.id', '=', 'r.observation_id'),
    )
    .select('r.part')
    .where('r.client_id', '=', clientId)
    .where('r.observation_id', '=', observation)
    .where('o.stored_at', 'is', null)
    .limit(parts)
    .execute();
  if (some.length > 0)
    await tx
      .deleteFrom('observation_rows')
      .where('client_id', '=', clientId)
      .where('observation_id', '=', observation)
      .where(
        'part',
        'in',
        some.map(({ part }) => part),
      )
      .execute();
  if (some.length === parts) return false;
  await tx
    .deleteFrom('observations')
    .where('client_id', '=', clientId)
    .where('id', '=', observation)
    .where('stored_at', 'is', null)
    .execute();
  return true;
}

/** Turns a staged reading into a fact of the day that it was dated to. */
export async function storeObservation(
  tx: Tx,
  clientId: string,
  id: string,
  stored: { at: Date; by: string; observedOn: string; dateFrom: string; provenance: 'import' | 'api' },
): Promise<void> {
  await tx
    .updateTable('observations')
    .set({
      stored_at: stored.at,
      stored_by: stored.by,
      observed_on: stored.observedOn,
      date_from: stored.dateFrom,
      provenance: stored.provenance,
    })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('stored_at', 'is', null)
    .execute();
}
