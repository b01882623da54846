import { z } from 'zod';
import { count, verb } from '#domain/text/words.ts';
import { appendAudit } from '#store/audit.ts';
import { findUser } from '#store/identity/users.ts';
import type { HandlerContext } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { harmlessName } from './harmless.ts';

/** What of a person's preferences decides whether they hear of it; those who never said do. */
const choice = z.looseObject({ mailWhenAssigned: z.boolean().default(true) });

type Context = Pick<HandlerContext, 'services' | 'client' | 'actor' | 'now'>;

/**
 * Tells people by mail that work was assigned to them, one mail for each however much it is: how much and where, never
 * what. Nobody hears of what they assigned themselves, of the sandbox, or where they declined it. To be called once the
 * change is stored: nobody waits for it and nothing fails of it; the work is listed for its owner either way.
 *
 * @param owners the new owner of each piece of work; null: nobody who can sign in
 */
export function notifyOfAssigned(context: Context, owners: readonly (string | null)[]): void {
  if (context.client.sandbox) return;
  for (const [owner, theirs] of Map.groupBy(owners, (one) => one)) {
    if (owner === null || owner === context.actor.userId) continue;
    void send(context, owner, theirs.length).catch((error: unknown) => {
      context.services.log.warn(
        { err: error, user: owner, client: context.client.id },
        'a person could not be told by mail what was assigned to them',
      );
    });
  }
}

async function send({ services, client, now }: Context, owner: string, pieces: number): Promise<void> {
  const { config, mail, store } = services;
  if (!(await mail.configured())) return;
  const user = await store.read('system', (tx) => findUser(tx, owner));
  if (user === null || user.disabled_at !== null) return;
  if (choice.safeParse(user.preferences).data?.mailWhenAssigned === false) return;
  const work = count(pieces, 'piece of work', 'pieces of work');
  await mail.send({
    to: user.email,
    // No client in it: a subject is shown where nobody reads on.
    subject: `Bylaw: ${work} ${verb(pieces, 'was', 'were')} assigned to you`,
    text: [
      `${harmlessName(user.name)},`,
      '',
      `${work} ${verb(pieces, 'was', 'were')} assigned to you at ${harmlessName(client.name)}.`,
      `${config.origin}/c/${client.slug}/work?owner=mine`,
      '',
      `To get no mail when work is assigned to you, change it in your account: ${config.origin}/me`,
    ].join('\n'),
  });
  await store.write([client.id], (tx) =>
    appendAudit(tx, {
      chain: client.id,
      actor: BYLAW,
      action: 'reminders.assigned',
      subject: { kind: 'user', id: user.id, name: user.name },
      reason: null,
      after: { state: 'sent', assigned: pieces },
      at: now,
    }),
  );
}
