import type { Kind, Rows } from '../model/kinds.ts';
import { KINDS } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Current } from '../model/rule.ts';
import { domainOf } from '../people/names.ts';
import { FREE_MAIL } from '../rules/accounts/free-mail.ts';
import { asciiDomain } from '../text/domain-name.ts';
import { ask } from '../text/message.ts';
import { names, sentence } from '../text/words.ts';

/** Fewer addresses do not show whose file it is: a workspace may start with two people of the provider. */
const MIN_ADDRESSES = 3;

/** Addresses of people in a row, by kind. Kinds that name nobody of the client are left out. */
const ADDRESSES: { readonly [K in Kind]?: (row: Rows[K]) => readonly (string | null)[] } = {
  members: ({ email }) => [email],
  roster: ({ emails }) => emails,
  entra_users: ({ upn, mail }) => [mail ?? upn],
  domain_memberships: ({ email }) => [email],
  usage: ({ email }) => [email],
  analytics_users: ({ email }) => [email],
  acknowledgements: ({ email }) => [email],
  sign_ins: ({ upn }) => [upn],
  directory_audits: ({ actor }) => [actor],
  managed_devices: ({ upn }) => [upn],
  auth_methods: ({ upn }) => [upn],
  activities: ({ actorEmail }) => [actorEmail],
  audit_log: ({ actorEmail }) => [actorEmail],
};

/**
 * Kinds of which each file is a separate export: one of another client would be combined with ours, and go unnoticed
 * in it.
 */
const EACH_FILE: ReadonlySet<Kind> = new Set(['usage', 'analytics_users', 'activities', 'audit_log']);

/**
 * Returns a reading unless its people belong to another organization: a file of the wrong client would pass every
 * control that looks for something that must not be there. That is assumed if no address is at one of our domains and
 * most are at one other domain that an organization owns. Private addresses, which HR systems contain, say nothing
 * about the client.
 */
export function ofOurs<K extends Kind>(kind: K, current: Current<K>, domains: readonly string[]): Current<K> {
  const addressesOf = ADDRESSES[kind];
  if (!current.ok || addressesOf === undefined || domains.length === 0) return current;
  const ours = own(domains);
  const apart =
    EACH_FILE.has(kind) && current.readings.length > 1
      ? current.readings.filter(({ complete }) => complete).map(({ rows, file }) => ({ rows, files: [file] }))
      : [];
  const whole = { rows: current.rows, files: current.readings.map(({ file }) => file) };
  for (const { rows, files } of [whole, ...apart]) {
    const other = elsewhere(rows.flatMap(addressesOf), ours);
    if (other === null) continue;
    const { label, howToGet } = KINDS[kind];
    return {
      ok: false,
      code: 'other_organization',
      why: `${sentence(`the ${label}`)} seems to be of another organization: none of its ${other.people} addresses is at ${names([...domains])}, and ${other.number} are at ${other.domain}. Files: ${names(files)}.`,
      howToGet: ask(
        'source',
        kind,
        `If the people are not this client’s, set ${names(files)} aside under Imports or take ${files.length === 1 ? 'it' : 'them'} out of the folder, and what was imported before counts. If they are, add their domain to the profile. Or: ${howToGet}`,
        'other_organization',
      ),
    };
  }
  return current;
}

/** Whether the people in a file belong to another organization. */
export function isOfOthers<K extends Kind>({ kind, rows }: Reading<K>, domains: readonly string[]): boolean {
  const addressesOf = ADDRESSES[kind];
  return (
    addressesOf !== undefined &&
    domains.length > 0 &&
    elsewhere(rows.flatMap(addressesOf), own(domains)) !== null
  );
}

function own(domains: readonly string[]): readonly string[] {
  return domains.map((domain) => asciiDomain(domain.trim().toLowerCase()));
}

/** The single organization to which most of these addresses belong, if none is ours; null: nothing shows that. */
function elsewhere(
  addresses: readonly (string | null)[],
  ours: readonly string[],
): { readonly people: number; readonly domain: string; readonly number: number } | null {
  const people = new Map<string, string>();
  for (const text of addresses) {
    if (text === null || !text.includes('@')) continue;
    const domain = domainOf(text);
    if (domain.endsWith('.onmicrosoft.com')) continue;
    if (ours.some((own) => domain === own || domain.endsWith(`.${own}`) || own.endsWith(`.${domain}`)))
      return null;
    people.set(text, domain);
  }
  if (people.size < MIN_ADDRESSES) return null;
  const counts = new Map<string, number>();
  for (const domain of people.values()) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  const [domain = '', number = 0] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  return FREE_MAIL.domains.has(domain) || number * 2 < people.size
    ? null
    : { people: people.size, domain, number };
}
