import type { z } from 'zod';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';
import { messageNames, settingsOfMessages } from '../shared/message-names.ts';

export type NamesChoice = z.infer<typeof messageNames>;

/** A client's choice, and all of its settings; `lock` locks the client until the transaction ends. */
export async function readNames(
  tx: Tx,
  clientId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<{ readonly name: string; readonly choice: NamesChoice; readonly settings: object }> {
  const query = tx.selectFrom('clients').select(['name', 'settings']).where('id', '=', clientId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw notFound();
  const choice = settingsOfMessages.safeParse(row.settings).data?.messages ?? messageNames.parse({});
  const settings = typeof row.settings === 'object' && row.settings !== null ? row.settings : {};
  return { name: row.name, choice, settings };
}

export async function writeNames(
  tx: Tx,
  clientId: string,
  settings: object,
  choice: NamesChoice,
): Promise<void> {
  await tx
    .updateTable('clients')
    .set({ settings: JSON.stringify({ ...settings, messages: choice }) })
    .where('id', '=', clientId)
    .execute();
}
