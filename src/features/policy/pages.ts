import { randomUUID } from 'node:crypto';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import { closePages, endLinks, insertPage } from '#store/policy/pages.ts';
import type { HandlerContext } from '../context.ts';

/**
 * Creates the staff page's address, which is returned once and stored only as a hash. The previous address stops
 * working.
 */
export async function openStaffPage(context: HandlerContext): Promise<{ address: string }> {
  const { client, actor, now, services } = context;
  const secret = newSecret();
  await context.change(async (tx, recorder) => {
    const closed = await closePages(tx, client.id, false, now);
    const id = randomUUID();
    await insertPage(tx, {
      client_id: client.id,
      id,
      token_hash: hashSecret(secret),
      address: null,
      made_by: actor.userId,
      made_by_name: actor.name,
      made_at: now,
      revoked_at: null,
    });
    await recorder.record({
      subject: { kind: 'policy_page', id },
      before: { open: closed > 0 },
      after: { open: true },
    });
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return { address: `${services.config.origin}/policy/${secret}` };
}

/** Disables every address of the staff page, including those in emails and the links of individual people. */
export async function closeStaffPage(context: HandlerContext): Promise<{ closed: boolean }> {
  const { client, now, services } = context;
  const closed = await context.change(async (tx, recorder) => {
    const pages = await closePages(tx, client.id, true, now);
    const count = pages + (await endLinks(tx, client.id));
    if (count === 0) recorder.unchanged();
    else
      await recorder.record({
        subject: { kind: 'policy_page', id: client.id },
        before: { open: true, addresses: count },
        after: { open: false },
      });
    return count > 0;
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return { closed };
}
