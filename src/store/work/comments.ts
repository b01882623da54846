import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type CommentRow = Selectable<Database['control_comments']>;

/** Comments on a control, newest first, without removed ones. */
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

/** Number of comments on a control, including removed ones, to be compared with the limit. */
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

/** Replaces the text of a comment at `version`; null removes it; false: it is at another version. */
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
