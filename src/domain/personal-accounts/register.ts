import { daysBetween } from '../model/day.ts';
import { domainOf, mailDomain } from '../people/names.ts';
import { statusOf } from './status.ts';
import type { AccountStep, Answer } from './steps.ts';

/** One address in a report. If an address has several rows, `outside` wins. */
export interface Seen {
  readonly status: 'workspace' | 'outside' | 'unknown';
  readonly words: string;
  readonly name: string | null;
  readonly plan: string | null;
  readonly organization: string | null;
  readonly createdOn: string | null;
  readonly lastActiveOn: string | null;
  readonly row: number;
}

/** Everything read from one day's Domain memberships report. */
export interface ReportSeen {
  readonly day: string;
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  /** Why it can show that an account exists, but not that one is gone; null: it can show both. */
  readonly closesNothing: string | null;
  readonly accounts: ReadonlyMap<string, Seen>;
  /** Domains with at least one account in it. It may not cover others. */
  readonly domains: ReadonlySet<string>;
}

export const ENTRY_STATES = ['found', 'contacted', 'migrating', 'said_closed', 'exempt', 'closed'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** One period of an account on the list, from a report that shows it to one that no longer does. */
export interface Round {
  readonly from: string;
  /** Shown by a report, or stated by a person. */
  readonly by: 'report' | 'statement';
  /** Newest report that lists it; null: none. */
  readonly lastSeen: string | null;
  readonly closed: Closed | null;
}

/** Only a report can show this, never a person's statement. */
export interface Closed {
  readonly on: string;
  readonly file: string;
  readonly sha256: string;
  /** The report now lists the address in the client's workspace. */
  readonly moved: boolean;
}

export interface Exemption {
  readonly reason: string | null;
  readonly owner: string | null;
  readonly until: string | null;
  readonly since: string;
  readonly by: string;
}

export interface Entry {
  /** Normalized address. */
  readonly key: string;
  readonly name: string | null;
  /** As shown by the newest report that lists it; null: none does. */
  readonly seen: Seen | null;
  readonly state: EntryState;
  /** Its status, in a few words. */
  readonly words: string;
  /** false: no report says whether it is in the workspace. */
  readonly certain: boolean;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Day on which it was listed again after a report without it. */
  readonly cameBack: string | null;
  readonly closed: Closed | null;
  /** Messages in this round that asked the holder for something. */
  readonly messages: number;
  readonly contactedOn: string | null;
  readonly lastMessageOn: string | null;
  readonly contactedHow: 'mail' | 'hand' | 'journal' | null;
  /** In this round, someone wrote, got an answer, or knows the outcome. */
  readonly spokenTo: boolean;
  readonly answer: { readonly answer: Answer; readonly on: string } | null;
  readonly usedForWork: boolean | null;
  readonly exemption: Exemption | null;
  /** Last day of an exemption that has ended. */
  readonly exemptionEnded: string | null;
  /** Why a statement about it does not hold, or why the newest report is inconclusive; null: no doubt. */
  readonly doubt: string | null;
  /** The step that its state is based on; null: only reports. */
  readonly rests: AccountStep | null;
  readonly owner: string | null;
  readonly due: string | null;
  /** Number of steps recorded here; edits state the version they are based on. */
  readonly version: number;
  readonly rounds: readonly Round[];
  /** Oldest first. */
  readonly steps: readonly AccountStep[];
}

export interface RegisterInput {
  /** Oldest first, one per day. */
  readonly reports: readonly ReportSeen[];
  readonly steps: readonly AccountStep[];
  readonly today: string;
}

/**
 * Every account outside the workspace that a report ever listed or the journal ever named, with its current state.
 * Derived from reports and steps alone, regardless of the order in which they arrived.
 */
export function register({ reports, steps, today }: RegisterInput): readonly Entry[] {
  const known = reports.filter(({ day }) => day <= today);
  const byAccount = Map.groupBy(
    steps.filter(({ day }) => day <= today),
    ({ account }) => account,
  );
  const keys = new Set<string>(byAccount.keys());
  for (const { accounts } of known) for (const [key, seen] of accounts) if (isListed(seen)) keys.add(key);
  return [...keys].sort().flatMap((key) => {
    const own = (byAccount.get(key) ?? []).toSorted(inOrder);
    const rounds = roundsOf(key, known, own);
    return rounds.length === 0 ? [] : [statusOf({ key, rounds, steps: own, reports: known, today })];
  });
}

/** Of the journal's entries on one day, the least advanced one counts; steps recorded here follow the journal's. */
const FINISHED = ['exempted', 'said_closed', 'migrating', 'contacted', 'found'];

function inOrder(a: AccountStep, b: AccountStep): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.seq !== b.seq) return a.seq - b.seq;
  return FINISHED.indexOf(a.kind) - FINISHED.indexOf(b.kind);
}

/** Maximum age in days of a report when it is imported; older ones show only that accounts existed. */
export const FRESH_DAYS = 31;

/** Why a report cannot show that an account is gone; null: it can. `storedOn` null: the day of import is unknown. */
export function closesNothing({
  complete,
  settled,
  day,
  storedOn,
  personalOnly,
}: {
  readonly complete: boolean;
  readonly settled: boolean;
  readonly day: string;
  readonly storedOn: string | null;
  /**
   * It lists only personal accounts, like the preview of a claim, which omits the workspace and other organizations
   * (vendor's page on claiming accounts, read 2026-11-29).
   */
  readonly personalOnly: boolean;
}): string | null {
  if (!complete) return 'is incomplete';
  if (!settled) return 'is contradicted by another report of the same day';
  if (personalOnly)
    return 'lists personal accounts only, as the preview of a claim does, and an account that it leaves out may have moved to another organization';
  if (storedOn !== null && daysBetween(day, storedOn) > FRESH_DAYS)
    return `was ${daysBetween(day, storedOn)} days old when it was brought`;
  return null;
}

/** Whether a report can show that no account has this address anymore. For unreadable addresses, none can. */
export function speaksFor(report: ReportSeen, key: string): boolean {
  return report.closesNothing === null && mailDomain(key) !== null && report.domains.has(domainOf(key));
}

/** Whether a plan belongs to a personal account. */
export function isPersonal(plan: string | null): boolean {
  return plan === 'free' || plan === 'pro' || plan === 'max';
}

/** Steps that show an account exists although no report does: a journal entry, or someone reversing a closing. */
function isAlive(step: AccountStep): boolean {
  if (step.kind === 'reopened') return true;
  return step.made === 'journal' && ['found', 'contacted', 'migrating'].includes(step.kind);
}

/** Whether a report lists an address as outside the workspace, or leaves it open. */
export function isListed(seen: Seen | undefined): seen is Seen {
  return seen !== undefined && seen.status !== 'workspace';
}

function roundsOf(
  key: string,
  reports: readonly ReportSeen[],
  steps: readonly AccountStep[],
): readonly Round[] {
  // An account that is in no report has existed at least since the first step about it.
  const never = !reports.some(({ accounts }) => isListed(accounts.get(key)));
  const first = never ? steps[0] : undefined;
  const marks = [
    ...steps
      .filter((step) => isAlive(step) || step === first)
      .map(({ day }) => ({ day, report: null as ReportSeen | null })),
    ...reports.map((report) => ({ day: report.day, report })),
  ].toSorted((a, b) =>
    a.day === b.day ? Number(a.report !== null) - Number(b.report !== null) : a.day < b.day ? -1 : 1,
  );
  const rounds: Round[] = [];
  for (const { day, report } of marks) {
    const last = rounds.at(-1);
    const seen = report?.accounts.get(key);
    const listed = isListed(seen);
    if (report === null || listed) {
      if (last === undefined || last.closed !== null)
        rounds.push({
          from: day,
          by: listed ? 'report' : 'statement',
          lastSeen: listed ? day : null,
          closed: null,
        });
      else if (listed) rounds[rounds.length - 1] = { ...last, lastSeen: day };
      continue;
    }
    if (last === undefined || last.closed !== null || !speaksFor(report, key)) continue;
    const [file] = report.files;
    if (file !== undefined)
      rounds[rounds.length - 1] = {
        ...last,
        closed: { on: day, file: file.file, sha256: file.sha256, moved: seen !== undefined },
      };
  }
  return rounds;
}
// Guide: G2.2-07 G4.2-03 G4.2-05 G7.1-03 GA-04
