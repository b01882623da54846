import type { Attestation } from '../../model/attestation.ts';
import { daysBetween } from '../../model/day.ts';
import type { DomainMembershipRow, MemberRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { address, mailDomain } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, sentence, verb } from '../../text/words.ts';
import { placeOf } from '../accounts/addresses.ts';
import { dnsAnswer } from '../accounts/dns-records.ts';
import { domainEvent } from '../accounts/domain-events.ts';
import { domainsAddedAfter } from '../attested.ts';
import { because } from '../outcome.ts';

/** Days for which a Domain memberships report is current: it is to be run every month. */
export const REPORT_DAYS = 31;

/**
 * The control in which a person states that Claude shows each domain as verified, and the days for which this is valid.
 */
const DOMAINS_VERIFIED = 'CLA-ACC-10';
const STATED_DAYS = 90;

export type Report = Extract<Current<'domain_memberships'>, { ok: true }>;

/**
 * One account of the report. `outside`: personal, or of another organization; `unknown`: the files do not say;
 * `not_ours`: on a domain that the profile does not list, such as a look-alike, so probably not our staff.
 */
export interface DomainAccount {
  readonly key: string;
  readonly label: string;
  readonly row: DomainMembershipRow;
  readonly status: 'workspace' | 'outside' | 'unknown' | 'not_ours';
  readonly words: string;
}

const PERSONAL = new Set(['free', 'pro', 'max']);

/**
 * Classifies each account of the report. A personal plan is personal even if the same address is a member too, because
 * Claude allows both. If the report says neither, the members file explains only one account per address, not a second
 * one.
 */
export function domainAccounts(
  context: CheckContext,
  report: Pick<Report, 'rows'>,
): readonly DomainAccount[] {
  const members = context.read('members');
  const known = new Map<string, MemberRow>();
  if (members.ok) {
    for (const row of members.rows)
      for (const text of [address(row.email), ...context.people().addressesOf(row)])
        if (text !== '' && !known.has(text)) known.set(text, row);
  }
  const vouched = new Set<string>(
    report.rows.filter((row) => row.inWorkspace === true).map((row) => address(row.email)),
  );
  return report.rows.map((row) => {
    const key = address(row.email) || (row.name ?? '').trim().toLowerCase() || `row ${row.row}`;
    const of = (status: DomainAccount['status'], words: string): DomainAccount => ({
      key,
      label: row.name ?? key,
      row,
      status,
      words,
    });
    const place = placeOf(row.email, context.profile.domains);
    if (place.kind !== 'own' && place.kind !== 'unreadable') return of('not_ours', place.words);
    if (row.plan && PERSONAL.has(row.plan)) {
      const also = known.has(key) ? ', in addition to a seat in our workspace' : '';
      return of('outside', `personal ${sentence(row.plan)} account${also}`);
    }
    if (row.inWorkspace === true) return of('workspace', 'in our workspace');
    if (row.inWorkspace === false)
      return of(
        'outside',
        row.organization
          ? `in another organization (${row.organization})`
          : row.plan
            ? `outside our workspace (${row.plan})`
            : 'outside our workspace',
      );
    if (known.has(key) && !vouched.has(key)) {
      vouched.add(key);
      return of('workspace', 'the report does not say; the address is a member');
    }
    return of(
      'unknown',
      members.ok
        ? known.has(key)
          ? 'the report does not say, and the member of this address is already counted'
          : 'the report does not say, and the address is not in the members file'
        : 'the report does not say, and no current members file can',
    );
  });
}

/** The journal's latest state of an account, independent of reports. Entries dated after today are ignored. */
export interface Stated {
  readonly state: 'found' | 'contacted' | 'migrating' | 'closed' | 'exempt';
  readonly on: string;
  readonly evidence: readonly Evidence[];
}

const DONE: Readonly<Record<Stated['state'], number>> = {
  found: 0,
  contacted: 1,
  migrating: 2,
  closed: 3,
  exempt: 4,
};

export function inJournal(context: CheckContext): ReadonlyMap<string, Stated> {
  const { journal, today } = context;
  const map = new Map<string, Stated>();
  if (!journal.ok) return map;
  for (const [index, entry] of (journal.value.personalAccounts ?? []).entries()) {
    if (entry.on > today) continue;
    const before = map.get(entry.email);
    // If two entries have the same day, the less advanced state counts.
    const later =
      !before || entry.on > before.on || (entry.on === before.on && DONE[entry.state] < DONE[before.state]);
    if (later)
      map.set(entry.email, {
        state: entry.state,
        on: entry.on,
        evidence: [journal.cite(`personalAccounts.${index}`, `${entry.state} on ${dayWords(entry.on)}`)],
      });
  }
  return map;
}

/** From this many, missing seat holders are not explained by the days between two files. */
const MIN_LEFT_OUT = 3;

interface LeftOut {
  readonly domain: string;
  readonly people: readonly string[];
  readonly of: number;
}

/**
 * The members; if several lists of one day differ, the rows of all, which the report should contain too. null: none was
 * read.
 */
function memberRows(context: CheckContext): readonly MemberRow[] | null {
  const members = context.read('members');
  return members.ok ? members.rows : (members.rivals?.flatMap(({ rows }) => rows) ?? null);
}

/**
 * Domains for which the report lacks more than a quarter of the people who held a seat on its day. It also lists
 * members of the organization, so such a report is incomplete.
 */
function seatsLeftOut(context: CheckContext, report: Report): LeftOut[] {
  const rows = memberRows(context);
  if (rows === null) return [];
  const listed = new Set(report.rows.map(({ email }) => address(email)));
  const people = context.people();
  const seats = rows.filter(
    (row) =>
      holdsSeat(row) && row.status !== 'invited' && (row.addedOn === null || row.addedOn < report.observedOn),
  );
  return context.profile.domains.flatMap((domain) => {
    const own = seats.filter(({ email }) => mailDomain(email) === domain);
    const missing = own.filter(
      (row) => ![address(row.email), ...people.addressesOf(row)].some((one) => listed.has(one)),
    );
    return missing.length < MIN_LEFT_OUT || missing.length * 4 <= own.length
      ? []
      : [{ domain, people: missing.map(({ name, email }) => name ?? email), of: own.length }];
  });
}

/** Whether the report covers each domain of the profile; it only covers verified ones. */
export function coverage(
  context: CheckContext,
  report: Report,
): {
  readonly open: readonly string[];
  /** Domains with seats for which the report has no line. */
  readonly unlisted: readonly string[];
  /** Domains that were no longer verified on the day of the report, whatever it lists. */
  readonly unverified: readonly string[];
  readonly late: readonly string[];
  readonly evidence: readonly Evidence[];
} {
  const zone = context.profile.timezone;
  const events = context.events(Number.POSITIVE_INFINITY);
  const members = context.read('members');
  const seated = new Set(members.ok ? members.rows.map(({ email }) => mailDomain(email)) : []);
  const statement = statedVerified(context, report);
  // The statement does not cover a domain that was added to the profile later.
  const stated = (domain: string) =>
    statement !== null && !domainsAddedAfter(statement, context).includes(domain)
      ? context.citeAttestation(statement[0])
      : null;
  const open: string[] = [];
  const unlisted: string[] = [];
  const unverified: string[] = [];
  const late: string[] = [];
  const evidence: Evidence[] = [];
  for (const domain of context.profile.domains) {
    const listed = report.rows.some((one) => mailDomain(one.email) === domain);
    if (!listed && seated.has(domain)) {
      // The report also lists members of the organization, so a seat on a domain without a line contradicts it.
      unlisted.push(domain);
      continue;
    }
    const after = domainEvent(events, domain, context.today, zone);
    const verifiedOn = after.state === 'verified' && after.row ? dayOf(after.row.at, zone) : null;
    if (after.row && verifiedOn !== null && verifiedOn > report.observedOn) {
      late.push(`${domain} was verified on ${dayWords(verifiedOn)}`);
      if (events.ok) evidence.push(events.cite(after.row, `${domain} verified`));
      continue;
    }
    const event = domainEvent(events, domain, report.observedOn, zone);
    if (event.state === 'verified' && event.row && events.ok) {
      evidence.push(events.cite(event.row, `${domain} verified`));
      continue;
    }
    const { state, row, reading } = dnsAnswer(context, domain, Number.POSITIVE_INFINITY, report.observedOn);
    const cite = (says: string): void => {
      if (row && reading)
        evidence.push({ kind: 'dns', file: row.file, row: row.row, observedOn: reading.observedOn, says });
    };
    // A look-up from long before says nothing about the day of the report.
    const missing =
      state === 'missing' &&
      reading !== null &&
      daysBetween(reading.observedOn, report.observedOn) <= REPORT_DAYS;
    if (missing || event.state === 'removed') {
      if (missing) cite(`${domain} carries no verification record`);
      if (event.state === 'removed' && event.row && events.ok)
        evidence.push(events.cite(event.row, `${domain} removed`));
      unverified.push(domain);
    } else if (listed) continue;
    // A DNS record alone may never have been checked by Claude.
    else if (state === 'found' && (stated(domain) !== null || listedBefore(context, report, domain))) {
      cite(`${domain} carries the verification record`);
      const by = stated(domain);
      if (by !== null) evidence.push(by);
    } else open.push(domain);
  }
  return { open, unlisted, unverified, late, evidence };
}

/** The statements that Claude showed every domain as verified in the weeks before the report; null: there are none. */
function statedVerified(
  context: CheckContext,
  { observedOn }: Report,
): readonly [Attestation, ...Attestation[]] | null {
  const [newest, ...older] = context.statementsOn(DOMAINS_VERIFIED).filter(({ seen }) => seen <= observedOn);
  if (newest === undefined || !newest.holds || newest.doubt !== undefined || newest.fileFound === false)
    return null;
  if (older.some(({ seen, holds }) => seen === newest.seen && !holds)) return null;
  const ended = newest.expires !== undefined && newest.expires < observedOn;
  return ended || daysBetween(newest.seen, observedOn) > STATED_DAYS
    ? null
    : [newest, ...older.filter(({ seen }) => seen === newest.seen)];
}

/** Whether an earlier report had a line for the domain, which it only has for verified ones. */
function listedBefore(context: CheckContext, report: Report, domain: string): boolean {
  return context
    .history('domain_memberships')
    .some(
      ({ observedOn, rows }) =>
        observedOn < report.observedOn && rows.some(({ email }) => mailDomain(email) === domain),
    );
}

/** Outcome if the report does not cover every domain, or contains others; null if neither is the case. */
export function uncovered(context: CheckContext, report: Report): Outcome | null {
  const foreign = domainAccounts(context, report).filter(({ status }) => status === 'not_ours');
  if (foreign.length > 0)
    return because(
      'personal_accounts.report.foreign_domains',
      `${count(foreign.length, 'account')} of the report ${verb(foreign.length, 'is at a domain', 'are at domains')} that the profile does not list: ${names(foreign.map(({ key, words }) => `${key} (${words})`))}. They are not counted, and no one is contacted.`,
    ).cannotRead(
      ask(
        'profile',
        'domains',
        'Add the domain to the profile only if it is ours. One that merely looks like ours is not: find out who made the account and why Claude lists it.',
      ),
      report.evidence,
      foreign.map(({ key, label, words, row }) => ({
        key,
        label,
        detail: words,
        evidence: [report.cite(row, words)],
      })),
    );
  const { open, unlisted, unverified, late, evidence } = coverage(context, report);
  if (unlisted.length > 0)
    return because(
      'personal_accounts.report.seats_not_listed',
      `The report of ${dayWords(report.observedOn)} lists no account at ${names(unlisted, 6)}, where people hold seats. It lists who is in the organization too, so the report is incomplete.`,
      { domains: unlisted },
    ).cannotRead(
      ask('source', 'domain_memberships', 'Run the Domain memberships report again.', 'again'),
      report.evidence,
    );
  const [part] = seatsLeftOut(context, report);
  if (part !== undefined)
    return because(
      'personal_accounts.report.seats_left_out',
      `The report of ${dayWords(report.observedOn)} leaves out ${part.people.length} of ${count(part.of, 'person', 'people')} with a seat at ${part.domain}: ${names(part.people, 4)}. It lists who is in the organization too, so the report is incomplete.`,
      { domains: [part.domain] },
    ).cannotRead(
      ask('source', 'domain_memberships', 'Run the Domain memberships report again.', 'again'),
      report.evidence,
    );
  if (late.length > 0)
    return because(
      'personal_accounts.report.before_verification',
      `The Domain memberships report is from ${dayWords(report.observedOn)}, before verification: ${names(late)}. It covers verified domains only.`,
    ).cannotRead(ask('source', 'domain_memberships', 'Run the Domain memberships report again.', 'again'), [
      ...report.evidence,
      ...evidence,
    ]);
  if (unverified.length > 0)
    return because(
      'personal_accounts.report.not_verified',
      `${names(unverified, 6)} ${verb(unverified.length, 'was', 'were')} not verified on the day of the report, ${dayWords(report.observedOn)}: the verification record was not in DNS, or Claude had removed the domain. The report covers verified domains only, so accounts may be missing from it.`,
      { domains: unverified },
    ).cannotRead(
      ask(
        'source',
        'domain_memberships',
        'Set the verification record again (ACC-10), verify the domain in Claude, then run the Domain memberships report again.',
        'after_verification',
      ),
      [...report.evidence, ...evidence],
    );
  if (open.length > 0)
    return because(
      'personal_accounts.report.domain_not_covered',
      `The report of ${dayWords(report.observedOn)} lists no account at ${names(open, 6)}, and nothing shows that ${open.length === 1 ? 'this domain was' : 'these domains were'} verified in Claude by then; a record in DNS alone does not. The report covers verified domains only, so it may not cover ${open.length === 1 ? 'it' : 'them'}.`,
      { domains: open },
    ).cannotRead(
      ask(
        'source',
        'domain_memberships',
        `Look up ${names(open, 6)} (“bylaw dns check”), record on ACC-10 that Claude shows ${open.length === 1 ? 'it' : 'them'} as Verified, then run the Domain memberships report again.`,
        open,
      ),
      [...report.evidence, ...evidence],
    );
  return null;
}

/**
 * Outcome if no list of members was read that can show that the report is complete: a filtered report may lack every
 * personal account. null: one was read.
 */
export function mayBeFiltered(context: CheckContext, report: Report): Outcome | null {
  const members = context.read('members');
  if (members.ok || memberRows(context) !== null) return null;
  return because(
    'personal_accounts.report.members_unread',
    `${members.why} The report of ${dayWords(report.observedOn)} lists who is in the organization too, so only the members show whether it is the whole report or was filtered.`,
  ).cannotRead(members.howToGet, report.evidence);
}
