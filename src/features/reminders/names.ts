import { z } from 'zod';
import type { Tx } from '#store/open.ts';
import { notFound } from '../problems.ts';

/** Whether messages about a client may say what is due. Off until someone says who allowed it. */
const messages = z.object({
  names: z.boolean().default(false),
  reason: z.string().nullable().default(null),
  by: z.string().nullable().default(null),
  at: z.string().nullable().default(null),
});
export type NamesChoice = z.infer<typeof messages>;

/** Everything in `clients.settings`; what is not of messages stays as it is. */
const clientSettings = z.looseObject({ messages: messages.prefault({}) });

/** Those of the clients whose messages may say what is due. What cannot be read allows nothing. */
export async function namesAllowed(tx: Tx, clientIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (clientIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('clients')
    .select(['id', 'settings'])
    .where('id', 'in', clientIds)
    .execute();
  return new Set(
    rows.flatMap(({ id, settings }) =>
      clientSettings.safeParse(settings).data?.messages.names === true ? [id] : [],
    ),
  );
}

/** What was chosen for a client, and all of its settings; `lock` holds the client until the transaction ends. */
export async function readNames(
  tx: Tx,
  clientId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<{ readonly name: string; readonly choice: NamesChoice; readonly settings: object }> {
  const query = tx.selectFrom('clients').select(['name', 'settings']).where('id', '=', clientId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw notFound();
  const choice = clientSettings.safeParse(row.settings).data?.messages ?? messages.parse({});
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
