import { randomUUID } from 'node:crypto';
import { putView, type SavedViewRow, takeView, viewsOf } from '#store/identity/own-views.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';

/** So many views a person keeps. */
const MOST = 200;

const shown = ({ id, page, name, search }: SavedViewRow) => ({ id, page, name, search });

/** The views that a person kept, of every page. */
export async function listViews({ actor, read }: HandlerContext) {
  const items = (await read((tx) => viewsOf(tx, actor.userId))).map(shown);
  return { items, total: items.length };
}

/** Keeps the filters of a page by a name, in the place of what had that name there. */
export async function saveView(
  { actor, change, now }: HandlerContext,
  input: Pick<SavedViewRow, 'page' | 'name' | 'search'>,
) {
  return change(async (tx, recorder) => {
    const all = await viewsOf(tx, actor.userId);
    const before = all.find(({ page, name }) => page === input.page && name === input.name);
    if (before === undefined && all.length >= MOST)
      throw unprocessable(`You have ${MOST} saved views, which is the most. Remove one first.`);
    const id = await putView(tx, { ...input, id: randomUUID(), user_id: actor.userId, saved_at: now });
    await recorder.record({
      subject: { kind: 'view', id, name: input.name },
      ...(before === undefined ? {} : { before: shown(before) }),
      after: { id, ...input },
    });
    return { id, ...input };
  });
}

export async function removeView({ actor, change }: HandlerContext, id: string) {
  return change(async (tx, recorder) => {
    const gone = await takeView(tx, actor.userId, id);
    if (gone === null) throw notFound();
    await recorder.record({ subject: { kind: 'view', id, name: gone.name }, before: shown(gone) });
    return { removed: true as const };
  });
}
