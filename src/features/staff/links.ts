import { hashSecret } from '#store/identity/secrets.ts';
import type { Services } from '../context.ts';
import { harmlessName } from '../mail/index.ts';
import {
  askForLinkOf,
  type Found,
  findLink,
  type LinkAsked,
  type LinkAsking,
  linkAfterProof,
  type MailedLink,
  type ProofLinks,
  readStaffPolicy,
  refuseUnknownAddress,
  SHOWN_NUMBER,
  type StaffPolicy,
  type StaffProof,
  say,
  staffProof,
  type VerifiedStaff,
} from '../policy/index.ts';

const DAYS = 90;

/** Settings of links to a person's own page. */
const LINKS: ProofLinks = {
  table: 'staff_links',
  mailedMs: DAYS * 24 * 3_600_000,
  provenMs: 12 * 3_600_000,
  keptMs: 0,
  perHour: 5,
  wrongTries: 5,
  lost: 'the mail with a link to a page for staff could not be handed over',
};

/** Emails a staff member a link to their own page. Opening it proves that the mailbox is theirs. */
export function askForOwnLink(
  services: Services,
  policy: StaffPolicy,
  asking: LinkAsking,
): Promise<LinkAsked> {
  return askForLinkOf(LINKS, services, policy, asking, (link) => mailOf(services, policy, link));
}

/**
 * Opens the own page of someone who has just proved their identity, for this browser only. Returns the link's secret.
 */
export function ownPageOf(services: Services, person: VerifiedStaff, browser: string): Promise<string> {
  return linkAfterProof(LINKS, services, person, browser);
}

function mailOf({ config }: Services, { clientName }: StaffPolicy, { to, secret, language }: MailedLink) {
  const client = harmlessName(clientName);
  return {
    to,
    subject: say(language, 'mail_own_subject', { client }),
    text: [
      say(language, 'mail_own_said', { client }),
      `${config.origin}/staff/mine/${secret}?lang=${language}`,
      '',
      say(language, 'mail_own_then', { days: DAYS }),
    ].join('\n'),
  };
}

/** What a link to a person's own page opens. */
export interface OwnPage {
  readonly policy: StaffPolicy;
  readonly address: string;
  /** It was opened in the browser in which it may be used. */
  readonly here: boolean;
  /** It can also be used in another browser, with the number that the first one showed. */
  readonly numbered: boolean;
  /** How the person proved that the address is theirs. */
  readonly method: StaffProof;
}

/** Looks up a link without changing anything, so that mail scanners that open it do no harm. */
export async function openOwn(
  services: Services,
  secret: string,
  { browser, ip }: { readonly browser: string | null; readonly ip: string },
): Promise<Found<OwnPage>> {
  const row = await findLink(LINKS, services, secret);
  if (row === undefined) return refuseUnknownAddress(services, ip);
  const policy = await services.store.read([row.client_id], (tx) =>
    readStaffPolicy(tx, row.client_id, services.clock()),
  );
  const here = browser !== null && hashSecret(browser) === row.browser_hash;
  const numbered = SHOWN_NUMBER.test(row.check_number);
  const { address } = row;
  return { kind: 'open', found: { policy, address, here, numbered, method: staffProof(row.method) } };
}

/** Allows the page in this browser from now on if the number shown by the requesting browser was entered. */
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
    if (row === undefined || row.wrong_tries >= LINKS.wrongTries) return false;
    const right = check.replace(/\s/gu, '') === row.check_number;
    // An empty field does not count as an attempt.
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
