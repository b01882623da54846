import type { Tx } from '../open.ts';

/** Last call of each connector, by the name that sources report. Failed calls count. */
export async function lastCalls(
  tx: Tx,
  clientId: string,
): Promise<readonly { readonly connector: string; readonly last: Date }[]> {
  const rows = await tx
    .selectFrom('activities')
    .select((eb) => ['connector', eb.fn.max('at').as('last')])
    .where('client_id', '=', clientId)
    .where('category', '=', 'tool_call')
    .where('connector', 'is not', null)
    .groupBy('connector')
    .execute();
  return rows.flatMap(({ connector, last }) => (connector === null ? [] : [{ connector, last }]));
}

/** Alerts settled by a person since an instant, latest first. */
export async function settledSince(tx: Tx, clientId: string, from: Date) {
  return tx
    .selectFrom('alerts')
    .select(['id', 'detection', 'state', 'settled_by_name', 'settled_at'])
    .where('client_id', '=', clientId)
    .where('state', 'in', ['benign', 'real', 'silenced'])
    .where('settled_at', '>=', from)
    .orderBy('settled_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
}

/** Day of the last signed review in which each connector was decided on, by its id in the matrix. */
export async function connectorsReviewed(tx: Tx, clientId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('review_answers as a')
    .innerJoin('reviews as r', (join) =>
      join.onRef('r.client_id', '=', 'a.client_id').onRef('r.id', '=', 'a.review_id'),
    )
    .select(['a.decisions', 'r.signed_on'])
    .where('a.client_id', '=', clientId)
    .where('r.signed_at', 'is not', null)
    .where('a.answer', 'in', ['fine', 'flag'])
    .orderBy('r.signed_at')
    .execute();
  return new Map(
    rows.flatMap(({ decisions, signed_on }) =>
      signed_on === null
        ? []
        : decisions
            .filter(({ signal }) => signal === 'connector_list')
            .map(({ key }) => [key, signed_on] as const),
    ),
  );
}
