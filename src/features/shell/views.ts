import { randomUUID } from 'node:crypto';
import { nameView, putView, type SavedViewRow, takeView, viewsOf } from '#store/identity/own-views.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';

/** Limit of saved views per person. */
const MAX_VIEWS = 200;

const shown = ({ id, page, name, search }: SavedViewRow) => ({ id, page, name, search });

/** A person's saved views of all pages. */
export async function listViews({ actor, read }: HandlerContext) {
  const items = (await read((tx) => viewsOf(tx, actor.userId))).map(shown);
  return { items, total: items.length };
}

/** Saves the filters of a page under a name, replacing any view with that name on the page. */
export async function saveView(
  { actor, change, now }: HandlerContext,
  input: Pick<SavedViewRow, 'page' | 'name' | 'search'>,
) {
  return change(async (tx, recorder) => {
    const all = await viewsOf(tx, actor.userId);
    const before = all.find(({ page, name }) => page === input.page && name === input.name);
    if (before === undefined && all.length >= MAX_VIEWS)
      throw unprocessable(`You have ${MAX_VIEWS} saved views, which is the most. Remove one first.`);
    const id = await putView(tx, { ...input, id: randomUUID(), user_id: actor.userId, saved_at: now });
    await recorder.record({
      subject: { kind: 'view', id, name: input.name },
      ...(before === undefined ? {} : { before: shown(before) }),
      after: { id, ...input },
    });
    return { id, ...input };
  });
}

/** Renames a view. Refuses a name that another view of the same page has. */
export async function renameView({ actor, change, now }: HandlerContext, id: string, name: string) {
  return change(async (tx, recorder) => {
    const all = await viewsOf(tx, actor.userId);
    const before = all.find((one) => one.id === id);
    if (before === undefined) throw notFound();
    if (before.name === name) {
      recorder.unchanged();
      return shown(before);
    }
    if (all.some((one) => one.page === before.page && one.name === name))
      throw unprocessable('Another view of this page has that name.');
    const after = { ...before, name, saved_at: now };
    await nameView(tx, actor.userId, id, after);
    await recorder.record({
      subject: { kind: 'view', id, name },
      before: shown(before),
      after: shown(after),
    });
    return shown(after);
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
