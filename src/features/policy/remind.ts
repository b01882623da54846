import { address } from '#domain/people/names.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { refuseInvented } from '../shared/invented.ts';
import { coverageNow } from './coverage.ts';
import { claimMails, type Sending, sendMails } from './mails.ts';

/** Minimum milliseconds between two requests to one person. */
export const QUIET_MS = 20 * 3_600_000;

/** Reminds those who have not acknowledged the policy in force, or the named ones among them. */
export async function remind(
  context: HandlerContext,
  {
    addresses,
    to,
  }: { readonly addresses?: readonly string[] | undefined; readonly to: 'missing' | 'without_seat' },
): Promise<{ sent: number; failed: number; waiting: number }> {
  const { services, client, now, actor } = context;
  refuseInvented(client);
  if (!(await services.mail.configured()))
    throw unprocessable(
      'Mail is not set up here, so no one can be asked. An Owner can set it up under Settings.',
    );
  const { state, why, version, items, without } = await coverageNow(context);
  if (state !== 'ready' || version === null) throw unprocessable(why ?? 'No one can be asked now.');
  if (to === 'without_seat' && without === null)
    throw unprocessable('Which staff have no Claude account cannot be read. Import a current roster.');
  const wanted = addresses === undefined ? null : new Set(addresses.map(address));
  const people = to === 'without_seat' ? (without ?? []) : items;
  // People who have left are only asked individually: someone else may read their mailbox by now.
  const missing = people.filter(
    (one) =>
      one.state === 'missing' &&
      (wanted === null ? !('left' in one && one.left) : wanted.has(address(one.address))),
  );
  const due = missing.filter(
    ({ asked }) =>
      asked === null || asked.failure !== null || Date.parse(asked.lastAt) <= now.getTime() - QUIET_MS,
  );
  const sending: Sending = {
    services,
    client,
    version,
    why: 'request',
    by: { id: actor.userId, name: actor.name },
    now,
  };
  const mails = await context.change(async (tx, recorder) => {
    if (due.length > 0) return claimMails(tx, sending, due, (entry) => recorder.record(entry));
    recorder.unchanged();
    return [];
  });
  return { ...(await sendMails(sending, mails)), waiting: missing.length - due.length };
}
// Guide: G8-17 G7.3-02
