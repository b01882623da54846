import { z } from 'zod';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound, unprocessable } from '../problems.ts';

const sharedView = z.object({
  page: z.string(),
  name: z.string(),
  search: z.string(),
  by: z.string(),
  at: z.string(),
});
export type SharedView = z.infer<typeof sharedView>;
/** What a view is known by: its page and its name. */
type ViewName = Pick<SharedView, 'page' | 'name'>;

/** So many views a client's people share. */
const MAX_SHARED = 100;

/** Everything in `clients.settings`; what is not of views stays as it is. */
const clientSettings = z.looseObject({ views: z.array(sharedView).default([]) });

/** The views that people of a client share, by page and name. */
export async function listSharedViews({ client, read }: HandlerContext) {
  const { views } = await read((tx) => settingsOf(tx, client.id));
  const items = views
    .map((one) => ({ id: `${one.page} ${one.name}`, ...one }))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en'));
  return { items, total: items.length };
}

/** Gives a view to everyone who sees the client, in the place of what had that name there. */
export async function shareView(
  { actor, change, client, now }: HandlerContext,
  { page, name, search }: Pick<SharedView, 'page' | 'name' | 'search'>,
) {
  return change(async (tx, recorder) => {
    const settings = await settingsOf(tx, client.id, { lock: true });
    const before = settings.views.find((one) => isOf(one, { page, name }));
    const others = settings.views.filter((one) => one !== before);
    if (others.length >= MAX_SHARED)
      throw unprocessable(`${MAX_SHARED} views are shared here, which is the most. Stop sharing one first.`);
    const view = { page, name, search, by: actor.name, at: now.toISOString() };
    await keep(tx, client.id, { ...settings, views: [...others, view] });
    await recorder.record({
      subject: { kind: 'view', id: `${page} ${name}`, name },
      ...(before === undefined ? {} : { before }),
      after: view,
    });
    return { id: `${page} ${name}`, ...view };
  });
}

/** Takes a view back from the others. The person's own views stay. */
export async function unshareView({ change, client }: HandlerContext, { page, name }: ViewName) {
  return change(async (tx, recorder) => {
    const settings = await settingsOf(tx, client.id, { lock: true });
    const before = settings.views.find((one) => isOf(one, { page, name }));
    if (before === undefined) throw notFound();
    await keep(tx, client.id, { ...settings, views: settings.views.filter((one) => one !== before) });
    await recorder.record({ subject: { kind: 'view', id: `${page} ${name}`, name }, before });
    return { removed: true as const };
  });
}

function isOf(view: ViewName, { page, name }: ViewName): boolean {
  return view.page === page && view.name === name;
}

async function settingsOf(tx: Tx, clientId: string, { lock = false }: { readonly lock?: boolean } = {}) {
  const query = tx.selectFrom('clients').select('settings').where('id', '=', clientId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw notFound();
  return clientSettings.parse(row.settings ?? {});
}

async function keep(tx: Tx, clientId: string, settings: z.infer<typeof clientSettings>): Promise<void> {
  await tx
    .updateTable('clients')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', clientId)
    .execute();
}
