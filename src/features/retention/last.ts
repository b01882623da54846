import type { Tx } from '#store/open.ts';

/** The last run that removed anything of a client; null: none has. */
export async function lastRemoval(tx: Tx, clientId: string) {
  const last = await tx
    .selectFrom('removals')
    .select(['record', 'removed_on'])
    .where('client_id', '=', clientId)
    .orderBy('record', 'desc')
    .executeTakeFirst();
  if (last === undefined) return null;
  const counts = await tx
    .selectFrom('removals')
    .select((eb) => ['what', eb.fn.countAll<string>().as('n')])
    .where('client_id', '=', clientId)
    .where('record', '=', last.record)
    .groupBy('what')
    .execute();
  const of = (what: 'reading' | 'file' | 'report') => Number(counts.find((row) => row.what === what)?.n ?? 0);
  return {
    on: last.removed_on,
    record: Number(last.record),
    readings: of('reading'),
    files: of('file'),
    reports: of('report'),
  };
}
