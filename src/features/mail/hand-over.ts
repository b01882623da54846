import type { Services } from '../context.ts';
import type { Message } from '../shared/services/mail.ts';

/** Maximum number of mails sent in parallel. */
const MAX_CONCURRENT_MAILS = 3;
/** Consecutive failures after which the mail server counts as unavailable and the rest is not tried. */
const MAX_FAILURES = 3;

/** Hands over the mails and reports each outcome: null, or why it was not sent. */
export async function handOver<Item extends { readonly mail: Message }>(
  { mail }: Pick<Services, 'mail'>,
  items: readonly Item[],
  ended: (item: Item, why: string | null) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  let failures = 0;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (failures >= MAX_FAILURES) {
        await ended(next, 'It was not tried, because the emails before it could not be handed over.');
        continue;
      }
      const why = await mail.send(next.mail).then(() => null, whyNotSent);
      failures = why === null ? 0 : failures + 1;
      await ended(next, why);
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT_MAILS }, work));
}

/** Why an email was not sent, in the mail server's words where it gave any. */
export function whyNotSent(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'The email could not be sent.';
}
