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
/** Key of a view: its page and its name. */
type ViewName = Pick<SharedView, 'page' | 'name'>;

/** Limit of shared views per client. */
const MAX_SHARED = 100;

/** Schema of `clients.settings`; settings other than views are left unchanged. */
const clientSettings = z.looseObject({ views: z.array(sharedView).default([]) });

/** The shared views of a client, by page and name. */
export async function listSharedViews({ client, read }: HandlerContext) {
  const { views } = await read((tx) => settingsOf(tx, client.id));
  const items = views
    .map((one) => ({ id: `${one.page} ${one.name}`, ...one }))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en'));
  return { items, total: items.length };
}

/** Shares a view with everyone who sees the client, replacing any shared view with that name on the page. */
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

/** Stops sharing a view. People's own views remain. */
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
