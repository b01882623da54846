import { randomInt, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { address } from '#domain/people/names.ts';
import type { Language } from '#domain/policy/languages.ts';
import { latestBelievable } from '#store/clock.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import type { Database } from '#store/schema.ts';
import type { Services } from '../context.ts';
import { SECRET } from '../shared/secret-links.ts';
import type { Message } from '../shared/services/mail.ts';
import type { StaffPerson } from './sign-in/come-in.ts';
import { isListed, isOwn, refuseUnknownAddress, type StaffPolicy } from './staff.ts';
import type { StaffProof } from './staff-actor.ts';

/** Links that show whoever opens them to be the owner of an address, by a mail to it or by a sign-in. */
export interface ProofLinks {
  readonly table: 'policy_links' | 'staff_links';
  /** Milliseconds that a link from a mail is good. */
  readonly mailedMs: number;
  /** Milliseconds that a link is good for the browser in which its person has just shown who they are. */
  readonly provenMs: number;
  /** Milliseconds for which a link that ended is kept. */
  readonly keptMs: number;
  /** How often one address may ask for a mail in an hour. */
  readonly perHour: number;
  /** How often the number of a link may be mistyped. */
  readonly wrongTries: number;
  /** What the server's log says where the mail is lost. */
  readonly lost: string;
}

/** The number that a browser shows which asked for a link; a link for one browser alone has none. */
export const SHOWN_NUMBER = /^\d{4}$/u;

const HOUR_MS = 3_600_000;
const MAIL = /^[^\s@<>]{1,200}@[^\s@<>]+\.[^\s@<>]+$/u;

export type LinkAsked =
  /** The answer is the same whether or not a mail went out, so that nobody learns who works there. */
  | { readonly kind: 'asked'; readonly check: string }
  | { readonly kind: 'no_address' }
  | { readonly kind: 'later'; readonly seconds: number };

export interface LinkAsking {
  readonly typed: string;
  readonly language: Language;
  /** What the browser holds that asks. */
  readonly browser: string;
  readonly ip: string;
}

/** What the mail with a link is made of. */
export interface MailedLink {
  readonly to: string;
  readonly secret: string;
  readonly language: Language;
}

/**
 * Sends a link to an address, where the lists of the client name it or it is at one of its domains. The link works in the
 * browser that asked, or with the number that this browser shows.
 */
export async function askForLinkOf(
  kind: ProofLinks,
  services: Services,
  policy: StaffPolicy,
  { typed, browser, ip, language }: LinkAsking,
  mail: (link: MailedLink) => Message,
): Promise<LinkAsked> {
  const to = address(typed.slice(0, 400));
  // What nobody sees came along when it was copied; no mailbox has it, and nothing would ever arrive.
  if (to.length > 320 || !MAIL.test(to) || /\p{Cf}/u.test(to)) return { kind: 'no_address' };
  const now = services.clock();
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const check = String(randomInt(1000, 10_000));
  const listed = await isListed(services, policy.clientId, to);
  const own = isOwn(policy, to);
  // Where nobody can be listed, a whole office asks from one network with addresses that are good.
  if (listed === false || (listed === null && !own)) {
    const refused = refuseUnknownAddress(services, ip);
    if (refused.kind === 'later') return refused;
  }
  // The people of the sandbox are invented: a mail to them reaches nobody.
  if (policy.sandbox || (listed !== true && !own)) return { kind: 'asked', check };
  const secret = newSecret();
  const made = await services.store.write([policy.clientId], async (tx) => {
    const { lately } = await tx
      .selectFrom(kind.table)
      .select((eb) => eb.fn.countAll<number>().as('lately'))
      .where('client_id', '=', policy.clientId)
      .where('address', '=', to)
      .where('method', '=', 'mail_link')
      // One that was made after a proof went out by no mail, and bears no number.
      .where('check_number', 'like', '_'.repeat(4))
      .where('made_at', '>', before(HOUR_MS))
      .executeTakeFirstOrThrow();
    if (Number(lately) >= kind.perHour) return false;
    await tx
      .deleteFrom(kind.table)
      .where('client_id', '=', policy.clientId)
      .where('expires_at', '<', before(kind.keptMs))
      .execute();
    await tx
      .insertInto(kind.table)
      .values({
        client_id: policy.clientId,
        id: randomUUID(),
        token_hash: hashSecret(secret),
        address: to,
        browser_hash: hashSecret(browser),
        check_number: check,
        made_at: now,
        expires_at: new Date(now.getTime() + kind.mailedMs),
      })
      .execute();
    return true;
  });
  if (made)
    void services.mail.send(mail({ to, secret, language })).catch((error: unknown) => {
      services.log.warn({ err: error }, kind.lost);
    });
  return { kind: 'asked', check };
}

/** Somebody of the staff who has just shown, in this browser, that an address is theirs. */
export interface ProvenStaff extends Omit<StaffPerson, 'account'> {
  readonly method: StaffProof;
  /** Their account where they signed in; null: they opened a link in a mail. */
  readonly account: string | null;
}

/** Makes a link for this browser alone: no other one is ever shown its number. Gives its secret. */
export async function linkAfterProof(
  kind: ProofLinks,
  services: Services,
  { clientId, address: to, method, account }: ProvenStaff,
  browser: string,
): Promise<string> {
  const now = services.clock();
  const secret = newSecret();
  await services.store.write([clientId], (tx) =>
    tx
      .insertInto(kind.table)
      .values({
        client_id: clientId,
        id: randomUUID(),
        token_hash: hashSecret(secret),
        address: to,
        browser_hash: hashSecret(browser),
        check_number: newSecret(),
        method,
        provider: account,
        made_at: now,
        expires_at: new Date(now.getTime() + kind.provenMs),
      })
      .execute(),
  );
  return secret;
}

/** A link that is good; undefined: there is none, it ended, or its number was mistyped too often. */
export async function findLink(
  kind: ProofLinks,
  services: Services,
  secret: string,
): Promise<Selectable<Database[ProofLinks['table']]> | undefined> {
  if (!SECRET.test(secret)) return undefined;
  const row = await services.store.read('system', (tx) =>
    tx
      .selectFrom(kind.table)
      .selectAll()
      .where('token_hash', '=', hashSecret(secret))
      .where('expires_at', '>', services.clock())
      .where('made_at', '<=', latestBelievable(services.clock()))
      .executeTakeFirst(),
  );
  return row === undefined || row.wrong_tries >= kind.wrongTries ? undefined : row;
}
// Guide: G8-10 G8-17
