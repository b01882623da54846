import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Control } from '#domain/model/catalogue.ts';
import {
  type CommentRow,
  countComments,
  findComment,
  insertComment,
  putCommentText,
} from '#store/work/comments.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, forbidden, notFound, unprocessable } from '../problems.ts';
import type { commentSchema } from './contract.ts';

type CommentView = z.infer<typeof commentSchema>;

/** Maximum number of comments on one control, including removed ones. */
export const MAX_COMMENTS = 500;

export function commentView(row: CommentRow, userId: string): CommentView {
  return {
    id: row.id,
    text: row.text,
    by: row.written_by_name,
    at: row.written_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    mine: row.written_by === userId,
    version: row.version,
  };
}

/** Adds a comment to a control. The audit log records that, but not its text. */
export async function addComment(
  context: HandlerContext,
  control: Control,
  text: string,
): Promise<CommentView> {
  const { client, actor, now, services } = context;
  const row: CommentRow = {
    client_id: client.id,
    id: randomUUID(),
    control_id: control.id,
    text,
    written_by: actor.userId,
    written_by_name: actor.name,
    written_at: now,
    edited_at: null,
    version: 1,
  };
  await context.change(async (tx, recorder) => {
    if ((await countComments(tx, client.id, control.id)) >= MAX_COMMENTS)
      throw unprocessable(
        `A control can have ${MAX_COMMENTS} comments, and this one has reached that number.`,
      );
    await insertComment(tx, row);
    await recorder.record({
      subject: { kind: 'control', id: control.id, name: control.title },
      after: { comment: row.id },
    });
  });
  services.events.publish({ client: client.id, topic: 'work', id: control.id });
  return commentView(row, actor.userId);
}

/** Changes one's own comment; without text it is removed, and a text restores it. */
export async function editComment(
  context: HandlerContext,
  control: Control,
  input: { readonly comment: string; readonly version: number; readonly text: string | null },
): Promise<CommentView> {
  const { client, actor, now, services } = context;
  const after = await context.change(async (tx, recorder) => {
    const row = await findComment(tx, client.id, input.comment);
    if (row === null || row.control_id !== control.id) throw notFound();
    if (row.written_by !== actor.userId)
      throw forbidden(`${row.written_by_name} wrote this comment. Only they can change or remove it.`);
    if (row.text === input.text) {
      recorder.unchanged();
      return row;
    }
    if (row.version !== input.version || !(await putCommentText(tx, row, input.text, now)))
      throw conflict('You changed this comment elsewhere. Look at the current version.', {
        by: row.written_by_name,
        at: row.edited_at,
        version: row.version,
      });
    await recorder.record({
      subject: { kind: 'control', id: control.id, name: control.title },
      before: { comment: row.id, removed: row.text === null },
      after: { comment: row.id, removed: input.text === null },
    });
    return { ...row, text: input.text, edited_at: now, version: row.version + 1 };
  });
  services.events.publish({ client: client.id, topic: 'work', id: control.id });
  return commentView(after, actor.userId);
}
