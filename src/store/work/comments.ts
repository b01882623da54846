import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type CommentRow = Selectable<Database['control_comments']>;

/** What is written of a control, newest first; what was removed is left out. */
export async function commentsOn(
  tx: Tx,
  clientId: string,
  control: string,
  limit: number,
): Promise<CommentRow[]> {
  return tx
    .selectFrom('control_comments')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('control_id', '=', control)
    .where('text', 'is not', null)
    .orderBy('written_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Rows of a control, removed ones included: what a bound of their number counts. */
export async function countComments(tx: Tx, clientId: string, control: string): Promise<number> {
  const row = await tx
    .selectFrom('control_comments')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('client_id', '=', clientId)
    .where('control_id', '=', control)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function findComment(tx: Tx, clientId: string, id: string): Promise<CommentRow | null> {
  const row = await tx
    .selectFrom('control_comments')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function insertComment(tx: Tx, row: Insertable<Database['control_comments']>): Promise<void> {
  await tx.insertInto('control_comments').values(row).execute();
}

/** Sets the text of a comment over what was at `version`; null removes it. false: someone else was quicker. */
export async function putCommentText(
  tx: Tx,
  { client_id, id, version }: Pick<CommentRow, 'client_id' | 'id' | 'version'>,
  text: string | null,
  at: Date,
): Promise<boolean> {
  const changed = await tx
    .updateTable('control_comments')
    .set({ text, edited_at: at, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
