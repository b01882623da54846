import { randomUUID } from 'node:crypto';
import { address } from '#domain/people/names.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import { insertPage, noteReminder } from '#store/policy/pages.ts';
import type { HandlerContext } from '../context.ts';
import { handOver, harmlessName } from '../mail/index.ts';
import { unprocessable } from '../problems.ts';
import { coverageNow } from './coverage.ts';

/** Nobody is asked twice within this time. */
const QUIET_MS = 20 * 3_600_000;

/**
 * Asks those who have not acknowledged the policy in force, each with an address of their own. The address asks for
 * their acknowledgement and gives none: only a link that goes to their mailbox on asking does.
 */
export async function remind(
  context: HandlerContext,
  { addresses }: { readonly addresses?: readonly string[] | undefined },
): Promise<{ sent: number; failed: number; waiting: number }> {
  const { services, client, now, actor } = context;
  if (!(await services.mail.configured()))
    throw unprocessable(
      'Mail is not set up here, so nobody can be asked. An Owner sets it up under Settings.',
    );
  const { state, why, number, items } = await coverageNow(context);
  if (state !== 'ready' || number === null) throw unprocessable(why ?? 'Nobody can be asked now.');
  const wanted = addresses === undefined ? null : new Set(addresses.map(address));
  const missing = items.filter(
    (one) => one.state === 'missing' && (wanted === null || wanted.has(address(one.address))),
  );
  const due = missing.filter(
    ({ asked }) =>
      asked === null || asked.failure !== null || Date.parse(asked.lastAt) <= now.getTime() - QUIET_MS,
  );
  const letters = due.map(({ address: to, name }) => ({ to, name, secret: newSecret() }));
  await context.change(async (tx, recorder) => {
    if (letters.length === 0) return recorder.unchanged();
    for (const { to, secret } of letters) {
      await insertPage(tx, {
        client_id: client.id,
        id: randomUUID(),
        token_hash: hashSecret(secret),
        address: to,
        made_by: actor.userId,
        made_by_name: actor.name,
        made_at: now,
        revoked_at: null,
      });
      await noteReminder(tx, {
        client_id: client.id,
        number,
        address: to,
        times: 0,
        last_at: now,
        failure: null,
      });
    }
    await recorder.record({
      subject: { kind: 'policy', id: String(number) },
      after: { asked: letters.length, addresses: letters.map(({ to }) => to) },
    });
  });
  const ended: { to: string; failure: string | null }[] = [];
  await handOver(
    services,
    letters.map((letter) => ({ ...letter, mail: letterTo(context, letter) })),
    async ({ to }, failure) => void ended.push({ to, failure }),
  );
  await services.store.write([client.id], async (tx) => {
    for (const { to, failure } of ended)
      await noteReminder(tx, {
        client_id: client.id,
        number,
        address: to,
        times: failure === null ? 1 : 0,
        last_at: now,
        failure: failure?.slice(0, 500) ?? null,
      });
  });
  const failed = ended.filter(({ failure }) => failure !== null).length;
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return { sent: ended.length - failed, failed, waiting: missing.length - due.length };
}

function letterTo(
  { services, client }: HandlerContext,
  { to, name, secret }: { readonly to: string; readonly name: string; readonly secret: string },
) {
  const who = harmlessName(client.name);
  return {
    to,
    subject: `Read and acknowledge: how we use Claude at ${who}`,
    text: [
      `Hello ${harmlessName(name)},`,
      '',
      `${who} has a policy for the use of Claude. Read it and acknowledge it here; it takes a minute, also on a phone:`,
      `${services.config.origin}/policy/${secret}`,
      '',
      'On that page you ask for a link that is sent to this address. With it you acknowledge the policy. Nobody else can do so for you, even with this mail.',
    ].join('\n'),
  };
}
// Guide: G8-17 G7.3-02
