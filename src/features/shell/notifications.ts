import { createHash } from 'node:crypto';
import { markNotificationsRead, readNotifications } from '#store/identity/own-views.ts';
import type { HandlerContext } from '../context.ts';
import { type WorkForMe, workForMe } from '../work/index.ts';
import type { Notification } from './contract.ts';

/** A person's notifications from all their clients, most urgent first, with what is unread. */
export async function listNotifications(context: HandlerContext) {
  const { actor, read } = context;
  const work = await workForMe(context);
  const seen = await read((tx) => readNotifications(tx, actor.userId));
  const items = work.map((item): Notification => {
    const { reminder, ...shown } = item;
    const id = idOf(item);
    const reminded =
      reminder === null ? null : { by: reminder.sent_by_name, at: reminder.sent_at.toISOString() };
    return { ...shown, id, read: seen.has(id), reminded };
  });
  return { items, total: items.length, unread: items.filter((one) => !one.read).length };
}

/** Marks notifications as read. Those that no longer exist are ignored. */
export async function readThem(context: HandlerContext, ids: readonly string[]) {
  const { actor, services, now } = context;
  const there = (await workForMe(context)).map(idOf);
  const read = ids.filter((id) => there.includes(id));
  const seen = await services.store.write('system', async (tx) => {
    await markNotificationsRead(tx, actor.userId, { read, there, now });
    return readNotifications(tx, actor.userId);
  });
  return { unread: there.filter((id) => !seen.has(id)).length };
}

/** An id that changes with the content, so that work that became more urgent or has a new reminder is unread again. */
function idOf({ client, key, title, due, reminder }: WorkForMe): string {
  const parts = [client, key, title, due, ...(reminder === null ? [] : [reminder.id])];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
