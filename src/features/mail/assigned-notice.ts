import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { count, verb } from '#domain/text/words.ts';
import { appendAudit } from '#store/audit.ts';
import { findUser } from '#store/identity/users.ts';
import type { Store } from '#store/open.ts';
import { findDigest } from '#store/reminders/digests.ts';
import type { ClientRef, HandlerContext } from '../context.ts';
import { BYLAW } from '../shared/bylaw-actor.ts';
import { harmlessName } from './harmless.ts';

/** What of a person's preferences decides whether they hear of it. */
const choice = z.looseObject({ mailWhenAssigned: z.boolean().optional() });

type Context = Pick<HandlerContext, 'services' | 'actor' | 'now'> & {
  readonly client: Pick<ClientRef, 'id' | 'slug' | 'name' | 'sandbox'>;
};

/** Milliseconds before a mail that could not be handed over is tried again. */
const AGAIN_MS = [60_000, 600_000];

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
  if (!(await wantsMail(store, user))) return;
  const work = count(pieces, 'piece of work', 'pieces of work');
  const message = {
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
  };
  const tries = await handedOver(() => mail.send(message));
  await store.write([client.id], (tx) =>
    appendAudit(tx, {
      chain: client.id,
      actor: BYLAW,
      action: 'reminders.assigned',
      subject: { kind: 'user', id: user.id, name: user.name },
      reason: null,
      after: {
        state: tries === null ? 'failed' : 'sent',
        assigned: pieces,
        tries: tries ?? AGAIN_MS.length + 1,
      },
      at: now,
    }),
  );
}

/**
 * Whoever never said anything hears of it. Whoever chose to be reminded never hears of nothing, unless they asked for this
 * mail by itself.
 */
async function wantsMail(store: Store, user: { readonly id: string; readonly preferences: unknown }) {
  const said = choice.safeParse(user.preferences).data?.mailWhenAssigned;
  if (said !== undefined) return said;
  const digest = await store.read('system', (tx) => findDigest(tx, user.id));
  return digest?.rhythm !== 'never';
}

/** Hands a mail over, again after a while where that fails; gives at which try it went, null: at none. */
async function handedOver(send: () => Promise<void>): Promise<number | null> {
  for (let tried = 1; ; tried += 1) {
    try {
      await send();
      return tried;
    } catch {
      const wait = AGAIN_MS[tried - 1];
      if (wait === undefined) return null;
      await setTimeout(wait, undefined, { ref: false });
    }
  }
}
