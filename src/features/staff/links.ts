import { randomInt, randomUUID } from 'node:crypto';
import { address } from '#domain/people/names.ts';
import type { Language } from '#domain/policy/languages.ts';
import { hashSecret, newSecret } from '#store/identity/secrets.ts';
import type { Services } from '../context.ts';
import { harmlessName } from '../mail/index.ts';
import {
  type Found,
  isListed,
  isOwn,
  policyIn,
  type StaffPerson,
  type StaffPolicy,
  type StaffProof,
  say,
  staffProof,
  wrong,
} from '../policy/index.ts';
import { SECRET } from '../shared/secret-links.ts';

/** How long a link to a person's own page is good, by mail and by a sign-in, and how often it may be asked for and its number mistyped. */
export const OWN_LINK = { days: 90, signedInHours: 12, perHour: 5, wrongTries: 5 } as const;

const MAIL = /^[^\s@<>]{1,200}@[^\s@<>]+\.[^\s@<>]+$/u;
const DAY_MS = 24 * 3_600_000;

export type LinkAsked =
  /** The same answer whether or not a mail went out, so that nobody learns who works there. */
  | { readonly kind: 'asked'; readonly check: string }
  | { readonly kind: 'no_address' }
  | { readonly kind: 'later'; readonly seconds: number };

interface Asking {
  readonly typed: string;
  readonly language: Language;
  /** What the browser holds that asks. */
  readonly browser: string;
  readonly ip: string;
}

/** Sends somebody of the staff a link to their own page: it shows that the mailbox is theirs. */
export async function askForOwnLink(
  services: Services,
  policy: StaffPolicy,
  { typed, browser, ip, language }: Asking,
): Promise<LinkAsked> {
  const to = address(typed.slice(0, 400));
  if (to.length > 320 || !MAIL.test(to)) return { kind: 'no_address' };
  const now = services.clock();
  const check = String(randomInt(1000, 10_000));
  const listed = await isListed(services, policy.clientId, to);
  const own = isOwn(policy, to);
  if (listed === false || (listed === null && !own)) {
    const refused = wrong(services, ip);
    if (refused.kind === 'later') return refused;
  }
  if (listed !== true && !own) return { kind: 'asked', check };
  const secret = newSecret();
  const made = await services.store.write([policy.clientId], async (tx) => {
    const { lately } = await tx
      .selectFrom('staff_links')
      .select((eb) => eb.fn.countAll<number>().as('lately'))
      .where('client_id', '=', policy.clientId)
      .where('address', '=', to)
      .where('method', '=', 'mail_link')
      .where('made_at', '>', new Date(now.getTime() - 3_600_000))
      .executeTakeFirstOrThrow();
    if (Number(lately) >= OWN_LINK.perHour) return false;
    await tx
      .deleteFrom('staff_links')
      .where('client_id', '=', policy.clientId)
      .where('expires_at', '<', now)
      .execute();
    await tx
      .insertInto('staff_links')
      .values({
        client_id: policy.clientId,
        id: randomUUID(),
        token_hash: hashSecret(secret),
        address: to,
        browser_hash: hashSecret(browser),
        check_number: check,
        made_at: now,
        expires_at: new Date(now.getTime() + OWN_LINK.days * DAY_MS),
      })
      .execute();
    return true;
  });
  if (made)
    void services.mail.send(mailOf(services, policy, { to, secret, language })).catch((error: unknown) => {
      services.log.warn({ err: error }, 'the mail with a link to a page for staff could not be handed over');
    });
  return { kind: 'asked', check };
}

/** Opens the own page of somebody who signed in at the client's tenant, for this browser alone. Gives its secret. */
export async function ownPageOfSignedIn(
  services: Services,
  { clientId, address: theirs, account }: StaffPerson,
  browser: string,
): Promise<string> {
  const now = services.clock();
  const secret = newSecret();
  await services.store.write([clientId], (tx) =>
    tx
      .insertInto('staff_links')
      .values({
        client_id: clientId,
        id: randomUUID(),
        token_hash: hashSecret(secret),
        address: theirs,
        browser_hash: hashSecret(browser),
        check_number: newSecret(),
        method: 'sign_in',
        provider: account,
        made_at: now,
        expires_at: new Date(now.getTime() + OWN_LINK.signedInHours * 3_600_000),
      })
      .execute(),
  );
  return secret;
}

function mailOf(
  { config }: Services,
  { clientName }: StaffPolicy,
  { to, secret, language }: { readonly to: string; readonly secret: string; readonly language: Language },
) {
  const client = harmlessName(clientName);
  return {
    to,
    subject: say(language, 'mail_own_subject', { client }),
    text: [
      say(language, 'mail_own_said', { client }),
      `${config.origin}/staff/mine/${secret}?lang=${language}`,
      '',
      say(language, 'mail_own_then', { days: OWN_LINK.days }),
    ].join('\n'),
  };
}

/** What a link to a person's own page leads to. */
export interface OwnPage {
  readonly policy: StaffPolicy;
  readonly address: string;
  /** The browser that opens it is the one in which it may be used. */
  readonly here: boolean;
  /** How the address was shown to be theirs. */
  readonly method: StaffProof;
}

/** Looks at a link. It changes nothing, so a scanner of mails that opens it does no harm. */
export async function openOwn(
  services: Services,
  secret: string,
  { browser, ip }: { readonly browser: string | null; readonly ip: string },
): Promise<Found<OwnPage>> {
  const row = SECRET.test(secret)
    ? await services.store.read('system', (tx) =>
        tx
          .selectFrom('staff_links')
          .selectAll()
          .where('token_hash', '=', hashSecret(secret))
          .where('expires_at', '>', services.clock())
          .executeTakeFirst(),
      )
    : undefined;
  if (row === undefined || row.wrong_tries >= OWN_LINK.wrongTries) return wrong(services, ip);
  const policy = await services.store.read([row.client_id], (tx) =>
    policyIn(tx, row.client_id, services.clock()),
  );
  const here = browser !== null && hashSecret(browser) === row.browser_hash;
  return { kind: 'open', found: { policy, address: row.address, here, method: staffProof(row.method) } };
}

/** Lets the page be used in this browser from now on, where the number of the one that asked was typed. */
export async function useHere(
  services: Services,
  secret: string,
  {
    browser,
    check,
    clientId,
  }: { readonly browser: string; readonly check: string; readonly clientId: string },
): Promise<boolean> {
  return services.store.write([clientId], async (tx) => {
    const row = await tx
      .selectFrom('staff_links')
      .select(['id', 'check_number', 'wrong_tries'])
      .where('client_id', '=', clientId)
      .where('token_hash', '=', hashSecret(secret))
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.wrong_tries >= OWN_LINK.wrongTries) return false;
    const right = check.replace(/\s/gu, '') === row.check_number;
    // An empty field is no try.
    const tries = row.wrong_tries + (right || check.trim() === '' ? 0 : 1);
    await tx
      .updateTable('staff_links')
      .set(right ? { browser_hash: hashSecret(browser) } : { wrong_tries: tries })
      .where('client_id', '=', clientId)
      .where('id', '=', row.id)
      .execute();
    return right;
  });
}
// Guide: G8-10
