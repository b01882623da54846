import { z } from 'zod';
import { count, verb } from '#domain/text/words.ts';
import { appendAudit } from '#store/audit.ts';
import { findUser } from '#store/identity/users.ts';
import type { Store, Tx } from '#store/open.ts';
import {
  type AssignedNotice,
  addAssignedNotices,
  claimAssignedNotice,
  dueAssignedNotices,
  endAssignedNotice,
} from '#store/reminders/assigned-notices.ts';
import { findDigest } from '#store/reminders/digests.ts';
import { endReminderMail, findReminder, type ReminderMail } from '#store/reminders/work-reminders.ts';
import type { ClientRef, HandlerContext, Services } from '../context.ts';
import { peopleWith } from '../owners/index.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { namesAllowed } from '../shared/message-names.ts';
import type { Message } from '../shared/services/mail.ts';
import { harmlessName } from './harmless.ts';
import { reminderMail } from './reminder-mail.ts';

/** The preference that decides whether a person gets these mails. */
const choice = z.looseObject({ mailWhenAssigned: z.boolean().optional() });

type Context = Pick<HandlerContext, 'actor' | 'now'> & {
  readonly client: Pick<ClientRef, 'id' | 'sandbox'>;
};

/** Delays in milliseconds before a failed mail is tried again. */
const RETRY_DELAYS_MS = [60_000, 600_000];
/** Milliseconds after which an unfinished sending counts as interrupted, and the mail is sent again. */
const CUT_OFF_MS = 600_000;

/**
 * Records, in the transaction of a change, that people are to be notified by mail of the work assigned to them: one
 * mail each, for any number of assignments. No one is notified of what they assigned themselves, or of the sandbox.
 * Call {@link notifyOfAssigned} after the transaction.
 *
 * @param owners The new owner of each piece of work; null if they cannot sign in.
 */
export async function queueAssignedNotices(
  tx: Tx,
  { client, actor, now }: Context,
  owners: readonly (string | null)[],
): Promise<void> {
  if (client.sandbox) return;
  const theirs = Map.groupBy(owners, (owner) => owner);
  await addAssignedNotices(
    tx,
    [...theirs].flatMap(([owner, all]) =>
      owner === null || owner === actor.userId
        ? []
        : [{ client_id: client.id, user_id: owner, pieces: all.length, assigned_at: now }],
    ),
  );
}

/**
 * Records, in the transaction of a reminder, that its mail is to be sent. Call {@link notifyOfAssigned} after the
 * transaction. The recipient's preference is checked again when it is sent.
 */
export async function queueReminderNotice(
  tx: Tx,
  { client, now }: Context,
  { user, reminder }: { readonly user: string; readonly reminder: string },
): Promise<void> {
  await addAssignedNotices(tx, [
    { client_id: client.id, user_id: user, pieces: 1, assigned_at: now, reminder },
  ]);
}

/** Sends recorded mails in the background. Failures have no effect on the caller; failed mails are tried again. */
export function notifyOfAssigned(services: Services): void {
  void sendAssignedNotices(services).catch((error: unknown) => {
    services.log.warn({ err: error }, 'people could not be notified by mail of what was assigned to them');
  });
}

/**
 * Sends the recorded mails that are due. They say how much was assigned and where, but not what. Each is claimed before
 * sending, so that only one process sends it. An interrupted one is sent again, because it is not known whether it
 * arrived.
 */
export async function sendAssignedNotices(services: Services): Promise<void> {
  const { store, clock } = services;
  const due = await store.read('system', (tx) => dueAssignedNotices(tx, clock()));
  for (const notice of due) {
    const until = new Date(clock().getTime() + CUT_OFF_MS);
    if (await store.write([notice.client_id], (tx) => claimAssignedNotice(tx, notice, until)))
      await send(services, notice);
  }
}

async function send(services: Services, notice: AssignedNotice): Promise<void> {
  const { mail, store, clock } = services;
  const { client_id: client, user_id, pieces, reminder } = notice;
  const configured = await mail.configured();
  const mailOf = configured ? await mailFor(services, notice) : null;
  const reminded = async (tx: Tx, state: ReminderMail) => {
    if (reminder !== null) await endReminderMail(tx, { client_id: client, id: reminder }, state);
  };
  if (mailOf === null) {
    await store.write([client], async (tx) => {
      await endAssignedNotice(tx, notice, null);
      await reminded(tx, configured ? 'failed' : 'not_set_up');
    });
    return;
  }
  const tries = notice.tries + 1;
  const sent = await mail.send(mailOf.message).then(
    () => true,
    () => false,
  );
  const wait = sent ? undefined : RETRY_DELAYS_MS[tries - 1];
  await store.write([client], async (tx) => {
    await endAssignedNotice(tx, notice, wait === undefined ? null : new Date(clock().getTime() + wait));
    if (wait !== undefined) return;
    await reminded(tx, sent ? 'sent' : 'failed');
    await appendAudit(tx, {
      chain: client,
      actor: BYLAW,
      action: reminder === null ? 'reminders.assigned' : 'reminders.work',
      subject: { kind: 'user', id: user_id, name: mailOf.name },
      reason: null,
      after: {
        state: sent ? 'sent' : 'failed',
        ...(reminder === null ? { assigned: pieces } : { reminder }),
        tries,
      },
      at: clock(),
    });
  });
}

/** The mail, with the person's current data; null if they can no longer sign in or do not want it. */
async function mailFor(
  { config, store }: Services,
  { client_id, user_id, pieces, reminder: id }: AssignedNotice,
): Promise<{ readonly name: string; readonly message: Message } | null> {
  const { user, client, reminder, named, able } = await store.read('system', async (tx) => ({
    user: await findUser(tx, user_id),
    reminder: id === null ? null : await findReminder(tx, client_id, id),
    named: id !== null && (await namesAllowed(tx, [client_id])).has(client_id),
    able: id === null || (await peopleWith(tx, client_id, 'work.read')).some((one) => one.id === user_id),
    client: await tx
      .selectFrom('clients')
      .select(['slug', 'name'])
      .where('id', '=', client_id)
      .executeTakeFirst(),
  }));
  if (user === null || user.disabled_at !== null || client === undefined || !able) return null;
  if (!(await wantsMail(store, user))) return null;
  if (id !== null)
    return reminder === null
      ? null
      : { name: user.name, message: reminderMail({ to: user, client, reminder, named, config }) };
  const work = count(pieces, 'piece of work', 'pieces of work');
  return {
    name: user.name,
    message: {
      to: user.email,
      // Without the client's name: subjects show in notifications and previews.
      subject: `Bylaw: ${work} ${verb(pieces, 'was', 'were')} assigned to you`,
      text: [
        `${harmlessName(user.name)},`,
        '',
        `${work} ${verb(pieces, 'was', 'were')} assigned to you at ${harmlessName(client.name)}.`,
        `${config.origin}/c/${client.slug}/work?owner=mine`,
        '',
        `To stop emails about work that is assigned to you, change the setting in your account: ${config.origin}/me`,
      ].join('\n'),
    },
  };
}

/** People without a stated preference get these mails, unless they chose never to get the digest. */
export async function wantsMail(
  store: Pick<Store, 'read'>,
  user: { readonly id: string; readonly preferences: unknown },
): Promise<boolean> {
  const said = choice.safeParse(user.preferences).data?.mailWhenAssigned;
  if (said !== undefined) return said;
  const digest = await store.read('system', (tx) => findDigest(tx, user.id));
  return digest?.rhythm !== 'never';
}
