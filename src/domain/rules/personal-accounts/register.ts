import { haveDifferentSubjects } from '../../decide/reading-subject.ts';
import { withoutTwins } from '../../decide/same-readings.ts';
import type { DomainMembershipRow } from '../../model/kinds.ts';
import type { Evidence, Reading } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { domainOf } from '../../people/names.ts';
import {
  closesNothing,
  type Entry,
  isPersonal,
  type ReportSeen,
  register,
  type Seen,
} from '../../personal-accounts/register.ts';
import { type AccountStep, ASKING } from '../../personal-accounts/steps.ts';
import { saysNotDone, saysRefused } from '../../text/denials.ts';
import { dayWords } from '../../text/words.ts';
import { domainAccounts } from './report.ts';

/** `file` in evidence from the register. */
export const REGISTER = 'Personal accounts';

export interface AccountRegister {
  /** Oldest first. */
  readonly reports: readonly ReportSeen[];
  readonly entries: readonly Entry[];
}

/** The register, derived from all known reports, the recorded steps and the journal. */
export function accountRegister(context: CheckContext): AccountRegister {
  const reports = reportsSeen(context);
  const steps = [...journalSteps(context), ...context.accountSteps];
  return { reports, entries: register({ reports, steps, today: context.today }) };
}

/**
 * The reports of each day merged into one. If a day has several reports and no one has chosen between them, the merged
 * one contains all their accounts.
 */
export function reportsSeen(context: CheckContext): readonly ReportSeen[] {
  const byDay = Map.groupBy(context.history('domain_memberships'), ({ observedOn }) => observedOn);
  return [...byDay]
    .map(([day, all]) => seenOn(context, day, withoutTwins(all)))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

function seenOn(
  context: CheckContext,
  day: string,
  readings: readonly Reading<'domain_memberships'>[],
): ReportSeen {
  const rows: DomainMembershipRow[] = readings.flatMap((reading) => reading.rows);
  const accounts = new Map<string, Seen>();
  for (const { key, row, status, words } of domainAccounts(context, { rows })) {
    if (status === 'not_ours') continue;
    const before = accounts.get(key);
    if (before !== undefined && WEIGHT[before.status] >= WEIGHT[status]) continue;
    const { name, plan, organization, createdOn, lastActiveOn } = row;
    accounts.set(key, {
      status,
      words,
      name,
      plan,
      organization,
      createdOn,
      lastActiveOn,
      row: row.row,
    });
  }
  const stored = readings.flatMap(({ storedOn }) => (storedOn === undefined ? [] : [storedOn]));
  return {
    day,
    files: readings.map(({ file, sha256 }) => ({ file, sha256 })),
    closesNothing: closesNothing({
      complete: readings.every(({ complete }) => complete),
      settled:
        readings.length === 1 ||
        readings.every(({ mappedByHand }) => mappedByHand) ||
        haveDifferentSubjects(readings),
      day,
      storedOn: stored.toSorted()[0] ?? null,
      personalOnly:
        accounts.size > 0 &&
        [...accounts.values()].every(({ status, plan }) => status === 'outside' && isPersonal(plan)),
    }),
    accounts,
    domains: new Set([...accounts.keys()].map(domainOf)),
  };
}

/** If an address has several rows, the one outside counts. */
const WEIGHT: Readonly<Record<Seen['status'], number>> = { workspace: 0, unknown: 1, outside: 2 };

const OF_JOURNAL = {
  found: { kind: 'found' },
  contacted: { kind: 'contacted', message: 'first', how: 'journal' },
  migrating: { kind: 'migrating' },
  closed: { kind: 'said_closed' },
  exempt: { kind: 'exempted', reason: null, owner: null, until: null },
} as const;

function journalSteps({ journal }: CheckContext): readonly AccountStep[] {
  if (!journal.ok) return [];
  return (journal.value.personalAccounts ?? []).map((entry, index) => ({
    ...OF_JOURNAL[isDenied(entry) ? 'found' : entry.state],
    account: entry.email,
    seq: 0,
    at: null,
    day: entry.on,
    by: 'the journal',
    made: 'journal' as const,
    note: entry.note ?? null,
    index,
  }));
}

/** Whether an entry's own note says that it did not happen: contacted, "not sent"; exempt, "denied by the board". */
function isDenied({ note }: { readonly note?: string | undefined }): boolean {
  return note !== undefined && (saysNotDone(note) || saysRefused(note));
}

/** Evidence for the current state: the line of the journal, or the register. */
export function citeRest({ journal }: CheckContext, { rests }: Entry): readonly Evidence[] {
  if (rests === null) return [];
  if (rests.made !== 'journal') return [citeStep(rests)];
  if (!journal.ok || rests.index === undefined) return [];
  return [
    journal.cite(
      `personalAccounts.${rests.index}`,
      `${journal.value.personalAccounts?.[rests.index]?.state ?? ''} on ${dayWords(rests.day)}`,
    ),
  ];
}

/** Evidence from the register. Distinguishes what a person only stated from what Bylaw did. */
function citeStep(step: AccountStep): Evidence {
  return { kind: 'account_register', file: REGISTER, observedOn: step.day, says: stepSays(step) };
}

function stepSays(step: AccountStep): string {
  const on = dayWords(step.day);
  const who = `${step.account}: `;
  switch (step.kind) {
    case 'contacted': {
      const what = ASKING.has(step.message) ? 'message' : 'thanks';
      return step.how === 'mail'
        ? `${who}${what} sent by Bylaw on ${on}`
        : `${who}${step.by} says that a ${what} was sent on ${on}`;
    }
    case 'migrating':
      return `${who}${step.by} says that it is migrating, on ${on}`;
    case 'said_closed':
      return `${who}${step.by} says that it was closed, on ${on}`;
    case 'exempted':
      return `${who}exempt by ${step.by}${step.until === null ? '' : ` until ${dayWords(step.until)}`}${step.reason === null ? '' : `: ${step.reason}`}`;
    case 'reopened':
      return `${who}opened again by ${step.by} on ${on}`;
    case 'answered':
      return `${who}answered on ${on}, by ${step.by}`;
    case 'assigned':
      return `${who}given to ${step.owner ?? 'nobody'} on ${on}`;
    case 'found':
      return `${who}found on ${on}`;
  }
}
