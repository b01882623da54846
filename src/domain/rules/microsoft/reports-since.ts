import { isDay } from '../../model/day.ts';
import type { CaPolicyRow, DirectoryAuditRow } from '../../model/kinds.ts';
import { dayOf as localDay } from '../../model/local-time.ts';
import type { Evidence, Reading } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';
import type { Policies } from './policies.ts';

export const REPORT_ONLY = 'enabledForReportingButNotEnforced';

/** Since when a policy has been in report-only mode. */
export interface ReportsSince {
  /** The latest day on which this can have begun, in UTC. */
  readonly day: string;
  /** true: it began on that day; false: perhaps earlier. */
  readonly exact: boolean;
  /** The policy was on before. */
  readonly returned: boolean;
}

/**
 * Since when policies have been in report-only mode, as far as can be determined from their own dates, earlier readings
 * and Entra's audit log. A policy may have been on until its last change, so an earlier start needs other evidence.
 * null: not known.
 */
export function reportsSince(context: CheckContext): (policy: CaPolicyRow) => ReportsSince | null {
  const readings = context
    .history('ca_policies')
    .toSorted((a, b) => b.observedOn.localeCompare(a.observedOn));
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  const turns = (audits.ok ? audits.rows : [])
    .filter(({ at, succeeded }) => succeeded !== false && at <= context.now)
    .toSorted((a, b) => b.at.localeCompare(a.at));
  const known = new Map<CaPolicyRow, ReportsSince | null>();
  return (policy) => {
    const before = known.get(policy);
    if (before !== undefined) return before;
    const found = begun(policy, readings, turns);
    known.set(policy, found);
    return found;
  };
}

/** Start according to the policy's own dates. */
export function ownDates({ createdAt, modifiedAt }: CaPolicyRow): ReportsSince | null {
  const day = dayOf(modifiedAt) ?? dayOf(createdAt);
  const unchanged = modifiedAt === null || modifiedAt === createdAt;
  return day === null ? null : { day, exact: unchanged, returned: false };
}

function begun(
  policy: CaPolicyRow,
  readings: readonly Reading<'ca_policies'>[],
  audits: readonly DirectoryAuditRow[],
): ReportsSince | null {
  const id = policy.id?.toLowerCase();
  if (id === undefined) return ownDates(policy);
  // Observations in report-only mode, newest first, starting with the policy as it is now, each with the day on which
  // it was seen.
  let shown: { readonly seenOn: string | null; readonly since: ReportsSince | null }[] = [
    { seenOn: null, since: ownDates(policy) },
  ];
  // The newest observation in another state; everything before it is irrelevant.
  let other: { readonly day: string; readonly on: boolean } | null = null;
  for (const { observedOn, rows } of readings) {
    const row = rows.find((one) => one.id?.toLowerCase() === id);
    if (row === undefined || 'unread' in row) continue;
    if (row.state !== REPORT_ONLY) {
      if (row.state !== null) other = { day: observedOn, on: row.state === 'enabled' };
      break;
    }
    shown.push({ seenOn: observedOn, since: ownDates(row) });
  }
  for (const { at, activity, targets } of audits) {
    const day = dayOf(at);
    if (day === null || (other !== null && day < other.day)) break;
    const target = targets.find((one) => one.id?.toLowerCase() === id);
    const turned = target?.changed.find(({ name }) => name === STATE_CHANGE);
    if (turned === undefined || turned.to === null) continue;
    if (turned.to !== REPORT_ONLY) {
      // It was in another state then, which no reading showed.
      other = { day, on: turned.to === 'enabled' };
      shown = shown.filter(({ seenOn }) => seenOn === null || seenOn > day);
      break;
    }
    const { from = null } = turned;
    if (/^add /i.test(activity.trim()) || (from !== null && from !== REPORT_ONLY))
      return { day, exact: true, returned: from === 'enabled' };
    shown.push({ seenOn: day, since: { day, exact: false, returned: false } });
  }
  const found = shown
    .flatMap(({ since }) => since ?? [])
    .reduce<ReportsSince | null>((first, one) => (first === null || one.day < first.day ? one : first), null);
  if (other === null) return found;
  // Entra shows a change with a delay, so its dates may precede a reading that did not have the change yet.
  const day = found === null ? (shown.at(-1)?.seenOn ?? null) : found.day < other.day ? other.day : found.day;
  return day === null ? null : { day, exact: true, returned: other.on };
}

/**
 * Name under which the directory audit reader records a change to a policy's state
 * (`sources/microsoft/directory-audit.ts`).
 */
export const STATE_CHANGE = 'ConditionalAccessPolicy.state';

/**
 * Policies that Entra's audit log shows as set to report-only since the list of policies was read, on its day too
 * unless the list has them so; null: none.
 */
export function turnedSince(
  context: CheckContext,
  { rows, observedOn }: Pick<Policies, 'rows' | 'observedOn'>,
): { readonly policies: readonly string[]; readonly evidence: readonly Evidence[] } | null {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  if (!audits.ok) return null;
  const listed = new Map(rows.map(({ id, state }) => [id?.toLowerCase(), state]));
  const last = new Map<
    string,
    { readonly to: string; readonly name: string; readonly row: DirectoryAuditRow }
  >();
  const later = audits.rows
    .filter(
      ({ at, succeeded }) =>
        succeeded !== false && at <= context.now && localDay(at, context.profile.timezone) >= observedOn,
    )
    .toSorted((a, b) => a.at.localeCompare(b.at));
  for (const row of later)
    for (const { id, name, changed } of row.targets) {
      const key = id?.toLowerCase();
      if (key === undefined) continue;
      if (/^delete .*polic/i.test(row.activity)) last.delete(key);
      const to = changed.find((one) => one.name === STATE_CHANGE)?.to;
      if (to != null) last.set(key, { to, name: name ?? key, row });
    }
  const turned = [...last].filter(([id, { to }]) => to === REPORT_ONLY && listed.get(id) !== REPORT_ONLY);
  if (turned.length === 0) return null;
  return {
    policies: turned.map(([, { name }]) => name),
    evidence: turned.map(([, { row, name }]) => audits.cite(row, `${name} set to report-only`)),
  };
}

/** "It has only reported since Nov 9, 2026." */
export function sinceWords({ day, exact, returned }: ReportsSince): string {
  if (returned) return `It was on before, and has only reported since ${dayWords(day)}.`;
  return `It has only reported since ${dayWords(day)}${exact ? '' : ' at the latest'}.`;
}

function dayOf(instant: string | null): string | null {
  const day = instant?.slice(0, 10) ?? '';
  return isDay(day) ? day : null;
}
// Guide: G6.2-07 G6.3-07
