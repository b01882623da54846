import type { EvaluationState } from '#domain/decide/context.ts';
import type { Evidence } from '#domain/model/reading.ts';
import { address } from '#domain/people/names.ts';
import { staffKnown } from '#domain/people/staff.ts';
import type { PersonFinding } from '#domain/people/types.ts';
import { placeOf } from '#domain/rules/accounts/addresses.ts';
import { dayWords } from '#domain/text/words.ts';
import { writtenDomains } from '#domain/text/written-domain.ts';
import type { Report } from './model.ts';

/** Days for which a Domain memberships report is used as the list of personal accounts. */
const MEMBERSHIP_DAYS = 92;

/** The people lists of the report, each person with the rows that are the reason. */
export function peopleLists(shared: EvaluationState): Report['people'] {
  const people = shared.people();
  const { ready } = people;
  const members = shared.read('members', 30);
  const roster = shared.read('roster', 30);
  return {
    ready: ready.ok,
    why: ready.ok ? null : ready.why,
    restsOn: people.restsOn.map(plain),
    members: members.ok ? members.rows.length : null,
    staff: roster.ok ? staffKnown(roster.rows, shared.input.today) : null,
    leavers: people.leavers.map((p) => ({ ...person(p), days: p.days })),
    notOnRoster: people.notOnRoster.map(person),
    toConfirm: people.toConfirm.map(person),
    withoutSeat: people.withoutSeat.map(person),
    guests: people.guests.map(person),
    shared: people.shared.map((p) => ({ ...person(p), certain: p.certain })),
    service: people.service.map((p) => ({ ...person(p), certain: p.certain })),
    owners: people.owners.map(person),
    personalAccounts: personalAccounts(shared),
    matched: people.matched.map((m) => ({
      member: writtenDomains(m.member.email),
      staff: m.staff.name ?? writtenDomains(m.staff.emails[0] ?? ''),
      because: m.because,
      words: m.words,
    })),
  };
}

/**
 * Accounts on the client's domain that are not known to be in its own organization; null: no current report lists any.
 */
function personalAccounts(shared: EvaluationState): Report['people']['personalAccounts'] {
  const report = shared.read('domain_memberships', MEMBERSHIP_DAYS);
  if (!report.ok) return null;
  const members = shared.read('members', MEMBERSHIP_DAYS);
  const seats = new Set(members.ok ? members.rows.map((m) => address(m.email)) : []);
  const journal = shared.input.journal?.value.personalAccounts ?? [];
  return report.rows
    .filter((row) => placeOf(row.email, shared.input.profile.domains).kind === 'own')
    .filter(
      (row) => row.inWorkspace === false || (row.inWorkspace === null && !seats.has(address(row.email))),
    )
    .map((row) => {
      const key = address(row.email);
      const noted = journal
        .filter((entry) => entry.email === key && entry.on <= shared.input.today)
        .sort((a, b) => (a.on < b.on ? 1 : -1))[0];
      const plan = row.plan
        ? `${row.plan[0]?.toUpperCase()}${row.plan.slice(1)} account`
        : 'Account of an unstated plan';
      const known =
        row.inWorkspace === null ? '; the report does not say whether it is in our organization' : '';
      return {
        key,
        name: writtenDomains(row.name ?? row.email),
        email: writtenDomains(key),
        words: `${plan}${known}; ${noted ? `${noted.state} on ${dayWords(noted.on)}` : 'no contact is recorded'}`,
        observations: [plain(report.cite(row, plan))],
      };
    });
}

function person(p: PersonFinding): Report['people']['owners'][number] {
  return {
    key: p.key,
    name: writtenDomains(p.name),
    email: p.email === null ? null : writtenDomains(p.email),
    words: p.words,
    observations: p.evidence.map(plain),
  };
}

function plain(e: Evidence): Report['people']['restsOn'][number] {
  return {
    kind: e.kind,
    file: e.file,
    ...(e.row === undefined ? {} : { row: e.row }),
    observedOn: e.observedOn,
    says: e.says,
  };
}
// Guide: G2.2-08 G5.5-05 G7.1-02
