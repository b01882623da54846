import { randomUUID } from 'node:crypto';
import { versionLabel } from '#domain/policy/versions.ts';
import { appendAudit } from '#store/audit.ts';
import { hashSecret } from '#store/identity/secrets.ts';
import type { Tx } from '#store/open.ts';
import type { PolicyLinkRow } from '#store/policy/pages.ts';
import { acknowledgementOf, addAcknowledgement } from '#store/policy/versions.ts';
import type { Services } from '../context.ts';
import { harmlessName } from '../mail/index.ts';
import { inOneLine } from '../shared/one-line.ts';
import { say } from './messages/format.ts';
import {
  askForLinkOf,
  findLink,
  type LinkAsked,
  type LinkAsking,
  linkAfterProof,
  type MailedLink,
  type ProofLinks,
} from './proof-links.ts';
import type { StaffPerson } from './sign-in/staff-sign-in.ts';
import { type Found, readStaffPolicy, refuseUnknownAddress, type StaffPolicy } from './staff.ts';
import { type StaffProof, staffActor, staffProof } from './staff-actor.ts';
import { type ShownText, textsOfVersion } from './translated.ts';

const MINUTES = 60;

/** Settings of links for one acknowledgement. */
const LINKS: ProofLinks = {
  table: 'policy_links',
  mailedMs: MINUTES * 60_000,
  provenMs: MINUTES * 60_000,
  keptMs: 23 * 3_600_000,
  perHour: 5,
  wrongTries: 5,
  lost: 'the mail with a link for an acknowledgment could not be handed over',
};

/** Sends a link for one acknowledgement to an address. */
export function askForLink(services: Services, policy: StaffPolicy, asking: LinkAsking): Promise<LinkAsked> {
  return askForLinkOf(LINKS, services, policy, asking, (link) => linkMail(services, policy, link));
}

/** Creates a link for one acknowledgement by a person who signed in at the client's tenant. Returns its secret. */
export function linkOfSignedIn(services: Services, person: StaffPerson, browser: string): Promise<string> {
  return linkAfterProof(LINKS, services, { ...person, method: 'sign_in' }, browser);
}

function linkMail({ config }: Services, { clientName }: StaffPolicy, { to, secret, language }: MailedLink) {
  const client = harmlessName(clientName);
  return {
    to,
    subject: say(language, 'mail_link_subject', { client }),
    text: [
      say(language, 'mail_link_said', { client }),
      `${config.origin}/policy/sign/${secret}?lang=${language}`,
      '',
      say(language, 'mail_link_then', { minutes: MINUTES }),
    ].join('\n'),
  };
}

/** What a mailed link opens. */
export interface SignLink {
  readonly policy: StaffPolicy;
  readonly address: string;
  /** It was opened in the browser that requested it. */
  readonly here: boolean;
  readonly method: StaffProof;
  /** The account with which they signed in; null: the link came by mail. */
  readonly account: string | null;
  /** When this person acknowledged the policy in force; null: they have not. */
  readonly done: Date | null;
}

/** Reads a link without changing anything, because mail scanners open links. */
export async function openLink(
  services: Services,
  secret: string,
  { browser, ip }: { readonly browser: string | null; readonly ip: string },
): Promise<Found<SignLink>> {
  const row = await findLink(LINKS, services, secret);
  if (row === undefined) return refuseUnknownAddress(services, ip);
  const found = await services.store.read([row.client_id], async (tx) => {
    const policy = await readStaffPolicy(tx, row.client_id, services.clock());
    const given =
      policy.version === null
        ? undefined
        : await acknowledgementOf(tx, row.client_id, policy.version.number, row.address);
    return {
      policy,
      address: row.address,
      here: isHere(row, browser),
      method: staffProof(row.method),
      account: row.provider,
      done: given?.at ?? null,
    };
  });
  return { kind: 'open', found };
}

function isHere(
  { browser_hash: hash }: Pick<PolicyLinkRow, 'browser_hash'>,
  browser: string | null,
): boolean {
  return browser !== null && hashSecret(browser) === hash;
}

export type Signed =
  | { readonly kind: 'done'; readonly at: Date; readonly label: string; readonly link: SignLink }
  | { readonly kind: 'wrong_number'; readonly left: number; readonly link: SignLink }
  | { readonly kind: 'no_name'; readonly link: SignLink }
  /** Another version took effect after the page was opened. */
  | { readonly kind: 'changed'; readonly link: SignLink }
  | { readonly kind: 'used'; readonly link: SignLink }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'later'; readonly seconds: number };

interface Signing {
  /** The value stored in the browser; once acknowledged, the link works only there. */
  readonly browser: string;
  readonly ip: string;
  readonly name: string;
  /** The number that was entered if the link was opened in another browser. */
  readonly check: string;
  /** Hash of the text that the page showed. */
  readonly sha256: string;
}

/**
 * Acknowledges the policy that the page showed, once per person and number, with its audit record in one transaction.
 */
export async function acknowledge(services: Services, secret: string, signing: Signing): Promise<Signed> {
  const opened = await openLink(services, secret, signing);
  if (opened.kind !== 'open') return opened;
  const link = opened.found;
  const { version } = link.policy;
  if (link.done !== null && version !== null)
    return { kind: 'done', at: link.done, label: versionLabel(version), link };
  const name = signing.name.trim().replace(/\s+/gu, ' ');
  if (name.length < 2 || name.length > 120 || !inOneLine[0].test(name) || !/\p{L}/u.test(name))
    return { kind: 'no_name', link };
  const text =
    version === null ? undefined : textsOfVersion(version).find(({ sha256 }) => sha256 === signing.sha256);
  if (version === null || text === undefined) return { kind: 'changed', link };
  const { clientId } = link.policy;
  return services.store.write([clientId], async (tx): Promise<Signed> => {
    const row = await tx
      .selectFrom('policy_links')
      .selectAll()
      .where('client_id', '=', clientId)
      .where('token_hash', '=', hashSecret(secret))
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.wrong_tries >= LINKS.wrongTries) return { kind: 'nothing' };
    if (row.used_at !== null) return { kind: 'used', link };
    if (!isHere(row, signing.browser) && signing.check.replace(/\s/gu, '') !== row.check_number) {
      // An empty field is not an attempt: a program that only presses buttons must not use up anyone's link.
      const tries = row.wrong_tries + (signing.check.trim() === '' ? 0 : 1);
      await mark(tx, row, { wrong_tries: tries });
      return { kind: 'wrong_number', left: LINKS.wrongTries - tries, link };
    }
    return sign(tx, services, {
      row,
      link: { ...link, here: true },
      version,
      text,
      name,
      browser: signing.browser,
    });
  });
}

async function sign(
  tx: Tx,
  services: Services,
  {
    row,
    link,
    version,
    text,
    name,
    browser,
  }: {
    readonly row: PolicyLinkRow;
    readonly link: SignLink;
    readonly version: NonNullable<StaffPolicy['version']>;
    /** The text that they read. */
    readonly text: ShownText;
    readonly name: string;
    readonly browser: string;
  },
): Promise<Signed> {
  const now = services.clock();
  const label = versionLabel(version);
  const id = randomUUID();
  const added = await addAcknowledgement(tx, {
    client_id: row.client_id,
    id,
    number: version.number,
    revision: version.revision,
    sha256: text.sha256,
    address: row.address,
    name,
    method: row.method,
    provider: row.provider,
    language: text.language,
    at: now,
  });
  await mark(tx, row, { used_at: now, browser_hash: hashSecret(browser) });
  if (!added) {
    const before = await acknowledgementOf(tx, row.client_id, version.number, row.address);
    return { kind: 'done', at: before?.at ?? now, label, link };
  }
  await appendAudit(tx, {
    chain: row.client_id,
    actor: staffActor({ name, address: row.address, method: staffProof(row.method) }),
    action: 'policy.acknowledge',
    subject: { kind: 'policy', id: label, name: text.content.title },
    before: null,
    after: {
      acknowledgement: id,
      address: row.address,
      name,
      language: text.language,
      sha256: text.sha256,
      method: row.method,
      ...(row.provider === null ? {} : { account: row.provider }),
    },
    at: now,
  });
  // Marks verdicts that depend on the register as outdated, so that they are evaluated again before they are next
  // read.
  await tx
    .updateTable('clients')
    .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
    .where('id', '=', row.client_id)
    .execute();
  return { kind: 'done', at: now, label, link };
}

async function mark(
  tx: Tx,
  { client_id, id }: PolicyLinkRow,
  change: { readonly wrong_tries: number } | { readonly used_at: Date; readonly browser_hash: string },
): Promise<void> {
  await tx
    .updateTable('policy_links')
    .set(change)
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .execute();
}
// Guide: G8-17
