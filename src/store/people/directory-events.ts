import type { Tx } from '../open.ts';

/** Directory sync events about people since an instant, by type. */
export async function directoryEvents(
  tx: Tx,
  clientId: string,
  since: Date,
): Promise<{ readonly type: string; readonly count: number; readonly last: Date }[]> {
  const rows = await tx
    .selectFrom('activities')
    .select((eb) => ['type', eb.fn.countAll<string>().as('count'), eb.fn.max('at').as('last')])
    .where('client_id', '=', clientId)
    .where('at', '>=', since)
    .where('type', 'in', ['scim_user_created', 'scim_user_updated', 'scim_user_deleted'])
    .groupBy('type')
    .orderBy('type')
    .execute();
  return rows.map(({ type, count, last }) => ({ type, count: Number(count), last: last ?? since }));
}
