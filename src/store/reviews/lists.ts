import type { Tx } from '../open.ts';

/** When each connector was last called, by the names that sources give; calls that failed are calls, too. */
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

/** Alerts that a person settled since an instant, the latest first. */
export async function settledSince(tx: Tx, clientId: string, from: Date) {
  return tx
    .selectFrom('alerts')
    .select(['id', 'rule', 'state', 'settled_by_name', 'settled_at'])
    .where('client_id', '=', clientId)
    .where('state', 'in', ['benign', 'real', 'silenced'])
    .where('settled_at', '>=', from)
    .orderBy('settled_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
}
