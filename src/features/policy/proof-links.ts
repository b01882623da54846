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
import type { StaffPerson } from './sign-in/staff-sign-in.ts';
import { isListed, isOwn, refuseUnknownAddress, type StaffPolicy } from './staff.ts';
import type { StaffProof } from './staff-actor.ts';

/**
 * Settings of links that verify that an address belongs to the person who opens them, by a mail to it or by a sign-in.
 */
export interface ProofLinks {
  readonly table: 'policy_links' | 'staff_links';
  /** Milliseconds for which a mailed link is valid. */
  readonly mailedMs: number;
  /** Milliseconds for which a link is valid in the browser where the person has just verified their identity. */
  readonly provenMs: number;
  /** Milliseconds for which an expired link is stored. */
  readonly keptMs: number;
  /** Maximum mails that one address may request per hour. */
  readonly perHour: number;
  /** Maximum wrong entries of a link's number. */
  readonly wrongTries: number;
  /** Message in the server's log if the mail cannot be sent. */
  readonly lost: string;
}

/** The number displayed in the browser that requested a link; a link for a single browser has none. */
export const SHOWN_NUMBER = /^\d{4}$/u;

const HOUR_MS = 3_600_000;
const MAIL = /^[^\s@<>]{1,200}@[^\s@<>]+\.[^\s@<>]+$/u;

export type LinkAsked =
  /** The answer does not depend on whether a mail was sent, so that it does not reveal who works there. */
  | { readonly kind: 'asked'; readonly check: string }
  | { readonly kind: 'no_address' }
  | { readonly kind: 'later'; readonly seconds: number };

export interface LinkAsking {
  readonly typed: string;
  readonly language: Language;
  /** The value stored in the requesting browser. */
  readonly browser: string;
  readonly ip: string;
}

/** Contents of the mail with a link. */
export interface MailedLink {
  readonly to: string;
  readonly secret: string;
  readonly language: Language;
}

/**
 * Mails a link to an address that is on the client's lists or at one of its domains. The link works in the browser
 * that requested it, or with the number shown there.
 */
export async function askForLinkOf(
  kind: ProofLinks,
  services: Services,
  policy: StaffPolicy,
  { typed, browser, ip, language }: LinkAsking,
  mail: (link: MailedLink) => Message,
): Promise<LinkAsked> {
  const to = address(typed.slice(0, 400));
  // Invisible characters may have been copied along; no address contains them, so mail to it would never arrive.
  if (to.length > 320 || !MAIL.test(to) || /\p{Cf}/u.test(to)) return { kind: 'no_address' };
  const now = services.clock();
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const check = String(randomInt(1000, 10_000));
  const listed = await isListed(services, policy.clientId, to);
  const own = isOwn(policy, to);
  // If the lists cannot be read, a whole office may ask from one network with valid addresses.
  if (listed === false || (listed === null && !own)) {
    const refused = refuseUnknownAddress(services, ip);
    if (refused.kind === 'later') return refused;
  }
  // The people of the sandbox are invented, so a mail to them would reach a stranger or no one.
  if (policy.sandbox || (listed !== true && !own)) return { kind: 'asked', check };
  const secret = newSecret();
  const created = await services.store.write([policy.clientId], async (tx) => {
    const { lately } = await tx
      .selectFrom(kind.table)
      .select((eb) => eb.fn.countAll<number>().as('lately'))
      .where('client_id', '=', policy.clientId)
      .where('address', '=', to)
      .where('method', '=', 'mail_link')
      // A link created after a verified sign-in was not mailed and has no number.
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
  if (created)
    void services.mail.send(mail({ to, secret, language })).catch((error: unknown) => {
      services.log.warn({ err: error }, kind.lost);
    });
  return { kind: 'asked', check };
}

/** A staff member who has just verified in this browser that an address is theirs. */
export interface VerifiedStaff extends Omit<StaffPerson, 'account'> {
  readonly method: StaffProof;
  /** Their account if they signed in; null: they opened a mailed link. */
  readonly account: string | null;
}

/** Creates a link for this browser only: its number is never shown in another one. Returns its secret. */
export async function linkAfterProof(
  kind: ProofLinks,
  services: Services,
  { clientId, address: to, method, account }: VerifiedStaff,
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

/** A valid link; undefined: there is none, it expired, or its number was entered wrong too often. */
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
