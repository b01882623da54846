import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import { address } from '#domain/people/names.ts';
import { DIFFERENCES, type Difference, differenceOf } from '#domain/personal-accounts/difference.ts';
import { type Entry, isListed, type ReportSeen } from '#domain/personal-accounts/register.ts';
import { accountRegister } from '#domain/rules/personal-accounts/register.ts';
import { REPORT_DAYS, uncovered } from '#domain/rules/personal-accounts/report.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    personalAccounts: typeof registerReading;
  }
}

/** One report with its changes. */
export interface ReportLine {
  readonly day: string;
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  readonly closesNothing: string | null;
  /** Number of accounts listed outside the workspace, or not known to be in it. */
  readonly listed: number;
  readonly counts: Readonly<Record<Difference, number>>;
  /** Its changes, by address. */
  readonly changes: ReadonlyMap<string, Difference>;
}

/** The current register of a client's personal accounts, as plain data. */
export interface RegisterReading {
  readonly today: string;
  readonly domains: readonly string[];
  /** The owner of the Claude account in the charter; null if it names none. */
  readonly accountOwner: string | null;
  /** Newest first. */
  readonly reports: readonly ReportLine[];
  readonly entries: readonly Entry[];
  /** Names of holders by address, for those without a name in the reports. */
  readonly names: ReadonlyMap<string, string>;
  /** Why the newest report does not count today, or may not cover every domain; null if it does. */
  readonly gap: { readonly why: string; readonly howToGet: string } | null;
}

/** Runs in the deciding thread. null if the catalogue has no control on personal accounts. */
export function registerReading({ shared }: { readonly shared: EvaluationState }): RegisterReading | null {
  const { catalogue, profile, today, charter } = shared.input;
  const control = catalogue.controls.find(({ checks }) =>
    checks.some(({ rule }) => rule === 'personal-accounts-closed'),
  );
  if (control === undefined) return null;
  const context = contextFor(shared, control, DEFAULT_FRESH_DAYS);
  const { reports, entries } = accountRegister(context);
  const current = shared.read('domain_memberships', REPORT_DAYS);
  const open = current.ok ? uncovered(context, current) : null;
  return {
    today,
    domains: profile.domains,
    accountOwner: charter?.value.accountOwner ?? null,
    reports: reports.map((report) => line(report, entries)).toReversed(),
    entries,
    names: namesOf(shared, entries),
    gap: current.ok
      ? open && { why: open.reason, howToGet: open.ask?.text ?? '' }
      : { why: current.why, howToGet: current.howToGet.text },
  };
}

function line(report: ReportSeen, entries: readonly Entry[]): ReportLine {
  const changes = differenceOf(report, entries);
  const all = [...changes.values()];
  return {
    day: report.day,
    files: report.files,
    closesNothing: report.closesNothing,
    listed: [...report.accounts.values()].filter(isListed).length,
    counts: Object.fromEntries(
      DIFFERENCES.map((one) => [one, all.filter((other) => other === one).length]),
    ) as Record<Difference, number>,
    changes,
  };
}

/** Names of holders from the members file and the roster of any age: unlike a seat, a name does not become outdated. */
function namesOf(shared: EvaluationState, entries: readonly Entry[]): ReadonlyMap<string, string> {
  const unnamed = new Set(entries.filter(({ name }) => name === null).map(({ key }) => key));
  const names = new Map<string, string>();
  if (unnamed.size === 0) return names;
  const put = (text: string, name: string | null) => {
    const key = address(text);
    if (name !== null && unnamed.has(key)) names.set(key, name);
  };
  for (const { rows } of shared.history('roster'))
    for (const row of rows) for (const email of row.emails) put(email, row.name);
  for (const { rows } of shared.history('members')) for (const row of rows) put(row.email, row.name);
  return names;
}
