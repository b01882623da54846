import type { Kind, Rows } from '#domain/model/kinds.ts';
import { unpackRows } from '../imports/rows.ts';
import type { Tx } from '../open.ts';

/** Kinds of readings with the vendor's own counts. */
export type VendorKind = Extract<Kind, 'analytics_users' | 'analytics_connectors' | 'analytics_summaries'>;

/** A stored response with the vendor's own counts. */
export interface VendorAnswer<K extends VendorKind> {
  readonly file: string;
  readonly provenance: string;
  readonly observedOn: string;
  readonly storedAt: Date;
  readonly rows: readonly Rows[K][];
}

/** Complete responses of a kind dated `from` or later, in the order in which they were stored. */
export async function vendorAnswers<K extends VendorKind>(
  tx: Tx,
  clientId: string,
  kind: K,
  from: string,
): Promise<VendorAnswer<K>[]> {
  const parts = await tx
    .selectFrom('observations as o')
    .innerJoin('observation_rows as r', (join) =>
      join.onRef('r.client_id', '=', 'o.client_id').onRef('r.observation_id', '=', 'o.id'),
    )
    .select(['o.id', 'o.file', 'o.provenance', 'o.observed_on', 'o.stored_at', 'r.rows'])
    .where('o.client_id', '=', clientId)
    .where('o.kind', '=', kind)
    .where('o.stored_at', 'is not', null)
    .where('o.complete', '=', true)
    .where('o.observed_on', '>=', from)
    .orderBy('o.stored_at')
    .orderBy('o.id')
    .orderBy('r.part')
    .execute();
  return [...Map.groupBy(parts, ({ id }) => id).values()].flatMap((own) => {
    const [one] = own;
    if (one === undefined || one.stored_at === null) return [];
    return {
      file: one.file,
      provenance: one.provenance,
      observedOn: one.observed_on,
      storedAt: one.stored_at,
      rows: own.flatMap(({ rows }) => unpackRows<Rows[K]>(rows)),
    };
  });
}
