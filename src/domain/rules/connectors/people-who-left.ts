import { addDays } from '../../model/day.ts';
import type { EntraUserRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { type Departed, ofThisLeaving, stepDay, whoHasLeft } from '../../people/departed.ts';
import { address, withoutTag } from '../../people/names.ts';
import { seenInClaude } from '../../people/seen-in-claude.ts';
import { staffOn } from '../../people/staff.ts';
import { dayWords } from '../../text/words.ts';
import { LOOKBACK_DAYS } from '../operations/leavers.ts';
import { connectorGrants } from './open-links.ts';

/** A person who has left, with the data needed for their connector links. */
export interface Leaver {
  readonly key: string;
  readonly label: string;
  readonly emails: ReadonlySet<string>;
  readonly entraId: string | null;
  /** null: the roster says that the person has left, but not when. */
  readonly lastDay: string | null;
  readonly revoked: string | null;
  readonly evidence: readonly Evidence[];
}

/**
 * Everyone who left, one entry per address: members past their last day, roster entries, and offboardings in the
 * journal.
 */
export function allLeavers(context: CheckContext): readonly Leaver[] {
  const people = context.people();
  const journal = context.journal.ok
    ? (context.journal.value.offboardings ?? [])
        .map((entry, index) => ({ ...entry, index }))
        .sort((a, b) => (a.lastDay < b.lastDay ? 1 : -1))
    : [];
  const users = context.read('entra_users');
  const idOf = (emails: ReadonlySet<string>): string | null => {
    const hits = users.ok
      ? users.rows.filter((user) => addresses(user).some((address) => emails.has(address)))
      : [];
    return hits.length === 1 ? (hits[0]?.id ?? null) : null;
  };
  const found: Leaver[] = [];
  for (const leaver of people.leavers) {
    const emails = new Set([
      ...people.addressesOf(leaver.member),
      leaver.member.email.toLowerCase(),
      ...leaver.staff.emails.map((email) => email.toLowerCase()),
    ]);
    const entry = journal.find((one) => emails.has(one.email) && ofThisLeaving(one, leaver.staff));
    found.push({
      key: leaver.key,
      label: leaver.name,
      emails,
      entraId: people.entraUser(leaver.member)?.id ?? people.entraUser(leaver.staff)?.id ?? idOf(emails),
      lastDay: leaver.staff.endsOn ?? entry?.lastDay ?? null,
      revoked: stepDay(entry?.connectorsRevoked, entry?.lastDay ?? context.today, context.today) ?? null,
      evidence: [
        ...leaver.evidence,
        ...(entry && context.journal.ok
          ? [context.journal.cite(`offboardings.${entry.index}`, `last day ${dayWords(entry.lastDay)}`)]
          : []),
      ],
    });
  }
  const left = whoHasLeft(context, context.read('roster'));
  for (const { entry } of left) {
    if (entry === null || found.some((one) => one.emails.has(entry.value.email))) continue;
    const { value, path } = entry;
    const emails = new Set([value.email]);
    found.push({
      key: value.email,
      label: value.email,
      emails,
      entraId: idOf(emails),
      lastDay: value.lastDay,
      revoked: stepDay(value.connectorsRevoked, value.lastDay, context.today) ?? null,
      evidence: context.journal.ok ? [context.journal.cite(path, `last day ${dayWords(value.lastDay)}`)] : [],
    });
  }
  const gone = [...found, ...consentsOfGone(context, left, found)];
  return [...gone, ...formerMembers(context, left, gone, idOf)];
}

/** A person with an offboarding in the journal whom a roster from after the last day lists as staff. */
export interface OffboardedStaff {
  readonly email: string;
  readonly lastDay: string;
  readonly revoked: string | null;
  /** The roster gives a first day after that last day. */
  readonly cameBack: boolean;
  readonly evidence: readonly Evidence[];
}

/**
 * The offboardings that `allLeavers` skips because the roster lists the person as staff; the newest for each person.
 */
export function offboardedStaff(context: CheckContext, leavers: readonly Leaver[]): OffboardedStaff[] {
  const { journal, today } = context;
  const roster = context.read('roster');
  if (!journal.ok || !roster.ok) return [];
  const isStaff = staffOn(roster.rows, today);
  const found = new Map<string, OffboardedStaff>();
  for (const [index, entry] of (journal.value.offboardings ?? []).entries()) {
    const email = address(entry.email);
    if (entry.lastDay >= today || leavers.some(({ emails }) => emails.has(email))) continue;
    if ((found.get(email)?.lastDay ?? '') > entry.lastDay) continue;
    const rows = roster.rows.filter(
      (row) =>
        isStaff(row) !== false &&
        row.emails.some((one) => address(one) === email || withoutTag(one) === withoutTag(email)),
    );
    if (rows.length === 0) continue;
    found.set(email, {
      email,
      lastDay: entry.lastDay,
      revoked: stepDay(entry.connectorsRevoked, entry.lastDay, today) ?? null,
      cameBack: rows.some(({ startsOn }) => startsOn !== null && startsOn > entry.lastDay),
      evidence: [
        journal.cite(`offboardings.${index}`, `last day ${dayWords(entry.lastDay)}`),
        ...rows.map((row) => roster.cite(row, 'on the roster')),
      ],
    });
  }
  return [...found.values()];
}

/**
 * People who have left according to the roster, have no offboarding, and were in Claude before according to some file.
 */
function formerMembers(
  context: CheckContext,
  left: readonly Departed[],
  known: readonly Leaver[],
  idOf: (emails: ReadonlySet<string>) => string | null,
): Leaver[] {
  const seen = seenInClaude(context);
  const begin = addDays(context.today, -LOOKBACK_DAYS);
  return left.flatMap(({ key, name, addresses: emails, row, entry, lastDay, evidence }) => {
    if (row === null || entry !== null || (lastDay !== null && lastDay < begin)) return [];
    if (![...emails].some((one) => seen.has(withoutTag(one)))) return [];
    if (known.some((one) => [...emails].some((email) => one.emails.has(email)))) return [];
    return [{ key, label: name, emails, entraId: idOf(emails), lastDay, revoked: null, evidence }];
  });
}

/**
 * People who have left according to the roster, no longer hold a seat, and still have their consent to the connector.
 */
function consentsOfGone(
  context: CheckContext,
  left: readonly Departed[],
  known: readonly Leaver[],
): Leaver[] {
  const people = context.people();
  const holders = new Set(connectorGrants(context).map((grant) => grant.principalId));
  return left.flatMap(({ row, evidence }) => {
    if (row === null) return [];
    const id = people.entraUser(row)?.id ?? null;
    if (id === null || !holders.has(id.toLowerCase()) || known.some((one) => one.entraId === id)) return [];
    const emails = new Set(row.emails.map((email) => email.toLowerCase()));
    const label = row.name ?? row.emails[0] ?? 'a person without a name';
    return [
      {
        key: (row.emails[0] ?? label).toLowerCase(),
        label,
        emails,
        entraId: id,
        lastDay: row.endsOn,
        revoked: null,
        evidence,
      },
    ];
  });
}

function addresses(user: EntraUserRow): readonly string[] {
  return [user.upn, user.mail, ...user.aliases].flatMap((address) =>
    address ? [address.toLowerCase().replace(/^smtp:/, '')] : [],
  );
}
// Guide: G3.4-05
