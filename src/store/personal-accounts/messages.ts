import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type MessageRow = Selectable<Database['account_messages']>;
export type TextRow = Selectable<Database['message_texts']>;

/** All messages, newest first. */
export async function allMessages(tx: Tx, clientId: string): Promise<MessageRow[]> {
  return tx
    .selectFrom('account_messages')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('begun_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Messages about one account, newest first. */
export async function messagesTo(tx: Tx, clientId: string, account: string): Promise<MessageRow[]> {
  return tx
    .selectFrom('account_messages')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('account', '=', account)
    .orderBy('begun_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertMessage(tx: Tx, row: Insertable<Database['account_messages']>): Promise<void> {
  await tx.insertInto('account_messages').values(row).execute();
}

/** Records the outcome of a message; false: already recorded. */
export async function endMessage(
  tx: Tx,
  clientId: string,
  id: string,
  end: { readonly state: 'sent' | 'failed'; readonly why: string | null; readonly at: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable('account_messages')
    .set({ state: end.state, why: end.why, ended_at: end.at })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** A client's own wording of each message, newest version first. */
export async function allTexts(tx: Tx, clientId: string): Promise<TextRow[]> {
  const rows = await tx
    .selectFrom('message_texts')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('kind')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    ...row,
    subject: withPlaceholders(row.subject),
    body: withPlaceholders(row.body),
  }));
}

/** Texts are kept as written. A placeholder renamed since then is replaced by its new name. */
const withPlaceholders = (text: string): string => text.replaceAll('{organisation}', '{organization}');

export async function insertText(tx: Tx, row: Insertable<Database['message_texts']>): Promise<void> {
  await tx.insertInto('message_texts').values(row).execute();
}
