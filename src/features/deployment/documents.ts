import type { Tx } from '#store/open.ts';

/** The newest version of a client's charter or journal; null where there is none. */
export async function newestDocument(
  tx: Tx,
  clientId: string,
  kind: 'charter' | 'journal',
): Promise<{ readonly version: number; readonly value: unknown } | null> {
  const row = await tx
    .selectFrom('documents')
    .select(['version', 'value'])
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row ?? null;
}
