import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { momentWords } from '#domain/text/moments.ts';
import type { WorkItem } from '#domain/work/items.ts';
import type { Tx } from '#store/open.ts';
import { insertReminder, remindersTo, type WorkReminder } from '#store/reminders/work-reminders.ts';
import type { HandlerContext } from '../../context.ts';
import { notifyOfAssigned, queueReminderNotice } from '../../mail/index.ts';
import { conflict, unprocessable } from '../../problems.ts';
import { isReminderOf } from '../../work/index.ts';
import type { remindersContract } from '../contract.ts';
import { changedWords, type Refusal, reachWords, refusalWords, sentWords } from './messages.ts';
import { type Found, type Reminding, whoIsReminded } from './recipients.ts';

type Shown = z.infer<NonNullable<(typeof remindersContract.ofWork)['~orpc']['outputSchema']>>;
type Sent = z.infer<NonNullable<(typeof remindersContract.remind)['~orpc']['outputSchema']>>;

/**
 * Minimum milliseconds between two reminders of the same work to one person, and the period in which MAX_REMINDERS
 * applies.
 */
const WAIT_MS = 24 * 3_600_000;
const MAX_REMINDERS = 20;

/** Who would receive a reminder of an item of work, and how; or why none can be sent now. */
export async function showReminder(
  context: HandlerContext,
  { item }: { readonly item: string },
): Promise<Shown> {
  const found = await whoIsReminded(context, item);
  if ('refusal' in found) return shown(found, found.refusal, null);
  const before = await context.read((tx) => lately(tx, context, found));
  return shown(found, tooSoon(context, found, before), lastOf(found, before));
}

function shown(found: Found, refusal: Refusal | null, last: WorkReminder | null): Shown {
  const who = 'refusal' in found ? null : found;
  return {
    title: found.item?.title ?? null,
    to: who === null ? null : { user: who.user.id, name: who.user.name, mail: who.user.email },
    mail: who?.mail ?? null,
    refused: refusal === null ? null : refusal.code,
    says:
      refusal !== null
        ? refusalWords(refusal)
        : who === null
          ? refusalWords({ code: 'nobody' })
          : reachWords(who.user.name, who.mail),
    last: last === null ? null : { at: last.sent_at.toISOString(), by: last.sent_by_name },
  };
}

/**
 * Reminds the person that work is assigned to: in the console, and by mail if that is set up and wanted. `to` is the
 * person that was shown: if the work was reassigned in the meantime, no one is reminded.
 */
export async function remind(
  context: HandlerContext,
  { item: key, to }: { readonly item: string; readonly to?: string | undefined },
): Promise<Sent> {
  const { services, client, actor, now } = context;
  const found = await whoIsReminded(context, key);
  if ('refusal' in found) throw unprocessable(refusalWords(found.refusal));
  const { item, path, user, mail } = found;
  if (to !== undefined && to !== user.id && to.toLowerCase() !== user.email.toLowerCase())
    throw conflict(changedWords(user.name), { by: null, at: null, version: 0 });
  await context.change(async (tx, recorder) => {
    // Two people who press the button simultaneously send one reminder.
    await tx.selectFrom('clients').select('id').where('id', '=', client.id).forUpdate().execute();
    const refusal = tooSoon(context, found, await lately(tx, context, found));
    if (refusal !== null) throw unprocessable(refusalWords(refusal));
    const id = randomUUID();
    await insertReminder(tx, {
      client_id: client.id,
      id,
      item: item.key,
      controls: JSON.stringify(item.controls),
      title: item.title,
      path,
      user_id: user.id,
      user_name: user.name,
      sent_by: actor.userId,
      sent_by_name: actor.name,
      sent_at: now,
      mail,
    });
    if (mail === 'sending') await queueReminderNotice(tx, context, { user: user.id, reminder: id });
    await recorder.record({
      subject: subjectOf(item),
      after: { reminded: user.name, mail, reminder: id },
    });
  });
  services.events.publish({ client: client.id, topic: 'work', id: item.control });
  if (mail === 'sending') notifyOfAssigned(services);
  return {
    to: { user: user.id, name: user.name, mail: user.email },
    mail,
    at: now.toISOString(),
    says: sentWords(user.name, mail),
  };
}

/** Recent reminders to the person at the client, newest first. */
function lately(tx: Tx, { client, now }: HandlerContext, { user }: Reminding): Promise<WorkReminder[]> {
  return remindersTo(tx, {
    user: user.id,
    client: client.id,
    since: new Date(now.getTime() - WAIT_MS),
  });
}

/** The newest of these reminders about the same item of work, or a part of it. */
function lastOf({ item }: Reminding, before: readonly WorkReminder[]): WorkReminder | null {
  return before.find((one) => isReminderOf(one, item)) ?? null;
}

function tooSoon(
  { client }: HandlerContext,
  found: Reminding,
  before: readonly WorkReminder[],
): Refusal | null {
  const { name } = found.user;
  const words = (at: Date) => momentWords(at, client.timezone);
  const next = (from: WorkReminder) => words(new Date(from.sent_at.getTime() + WAIT_MS));
  const last = lastOf(found, before);
  if (last !== null) return { code: 'recent', name, at: words(last.sent_at), next: next(last) };
  const first = before[MAX_REMINDERS - 1];
  return first === undefined ? null : { code: 'many', name, count: before.length, next: next(first) };
}

function subjectOf({ kind, key, control, subject, title }: WorkItem) {
  switch (kind) {
    case 'finding':
      return { kind: 'control', id: control ?? key, name: title };
    case 'deployment_task':
      return { kind: 'deployment_task', id: subject ?? key, name: title };
    case 'recurring':
      return { kind: 'recurring_task', id: subject ?? key, name: title };
    default:
      return { kind: 'work', id: key, name: title };
  }
}
