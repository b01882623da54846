import type { CaPolicyRow } from '../../model/kinds.ts';
import type { Item } from '../../model/verdict.ts';
import { count, dayWords, names } from '../../text/words.ts';
import type { ClaudeApp } from './apps.ts';
import { type Coverage, type Dates, statedDay } from './ca.ts';
import { citePolicies } from './ca-inputs.ts';
import type { Hole } from './ca-people.ts';
import { policyKey, policyName, type Requirement } from './ca-policy.ts';
import type { Policies } from './policies.ts';

/** What the policies together demand of everyone at one application. */
export interface Result {
  readonly app: ClaudeApp;
  readonly requirement: Requirement;
  readonly coverage: Coverage;
}

export const closedIn = ({ app, coverage }: Result & { coverage: Extract<Coverage, { is: 'blocked' }> }) => ({
  app,
  by: coverage.by,
});

/** "“A” blocks everyone at Claude" */
export function blockedWords(
  results: readonly { readonly app: ClaudeApp; readonly by: readonly CaPolicyRow[] }[],
): string {
  const by = [...new Set(results.flatMap((r) => r.by))];
  return `${names(by.map(policyName))} ${by.length === 1 ? 'blocks' : 'together block'} everyone at ${appWords(results)}`;
}

/** One sentence per kind of gap, with the applications that have it. */
export function groupByGap(
  gaps: readonly (Result & { coverage: Extract<Coverage, { is: 'gap' }> })[],
  policies: Policies,
): string[] {
  const byText = new Map<string, Result[]>();
  for (const gap of gaps) {
    const text = gapWords(gap.coverage, policies);
    byText.set(text, [...(byText.get(text) ?? []), gap]);
  }
  return [...byText].map(
    ([text, list]) =>
      `No enabled policy requires ${[...new Set(list.map((r) => r.requirement.words))].join(' and ')} of everyone at ${appWords(list)}.${text}`,
  );
}

function gapWords(coverage: Extract<Coverage, { is: 'gap' }>, policies: Policies): string {
  const parts: string[] = [];
  const seats = coverage.holes.filter((hole) => hole.seat !== null);
  const others = coverage.holes.filter((hole) => hole.seat === null);
  if (seats.length > 0)
    parts.push(
      ` ${count(seats.length, 'seat holder is', 'seat holders are')} in none of its groups: ${names(seats.map((h) => h.label))}.`,
    );
  for (const hole of others.slice(0, 3)) parts.push(` ${holeWords(hole)}`);
  for (const near of coverage.near.slice(0, 3)) parts.push(` ${policyName(near.policy)} ${near.why}.`);
  if (coverage.near.length > 3)
    parts.push(` ${count(coverage.near.length - 3, 'further policy', 'further policies')} likewise.`);
  if (parts.length === 0)
    parts.push(
      ` None of the ${count(policies.rows.length, 'policy', 'policies')} in the file asks for it there.`,
    );
  return parts.join('');
}

export function holeWords({ policy, label, detail }: Hole): string {
  if (policy === null) return `${label}: ${detail}`;
  return label === policy.name
    ? `${policyName(policy)}: ${detail}`
    : `${policyName(policy)}, ${label}: ${detail}`;
}

/** Why a report-only policy is overdue: by the charter's day, or by the two weeks after it entered that mode. */
export function overdueWords(policy: CaPolicyRow | undefined, due: string | null, dates: Dates): string {
  const name = policy ? policyName(policy) : 'The policy';
  if (due !== null && policy !== undefined && statedDay(policy, dates) === null)
    return `${name} still only reports. No day is set on which it is enabled, and the two weeks that a trial may take ended on ${dayWords(due)}; report-only is not enforcement.`;
  return due
    ? `${name} was to be enabled on ${dayWords(due)} and still only reports; report-only is not enforcement.`
    : `${name} only reports, and no day is set on which it is enabled; report-only is not enforcement.`;
}

export function overdueItems(
  result: Result & { coverage: Extract<Coverage, { is: 'overdue' }> },
  policies: Policies,
): Item[] {
  return result.coverage.by.map((policy) => item(policy, 'Report-only, which is not enforcement.', policies));
}

/** The items of a gap: whom it misses, and the near misses. */
export function gapItems(
  result: Result & { coverage: Extract<Coverage, { is: 'gap' | 'unknown' }> },
  policies: Policies,
): Item[] {
  return [
    ...result.coverage.holes.map((hole) => ({
      key: hole.key,
      label: hole.label,
      detail: hole.detail,
      evidence: hole.policy ? [policies.cite(hole.policy, hole.policy.name)] : [],
    })),
    ...result.coverage.near.map((near) => item(near.policy, `The policy ${near.why}.`, policies)),
  ];
}

export function item(policy: CaPolicyRow, detail: string, policies: Policies): Item {
  return { key: policyKey(policy), label: policy.name, detail, evidence: citePolicies(policies, [policy]) };
}

/** Removes duplicate items, which several applications may share. */
export function dedupe(items: readonly Item[]): Item[] {
  return [...new Map(items.map((entry) => [`${entry.key} ${entry.detail}`, entry])).values()];
}

/** The policies on which the results are based, each once. */
export function touched(results: readonly Result[]): CaPolicyRow[] {
  const rows = results.flatMap(({ coverage }) =>
    coverage.is === 'gap' || coverage.is === 'unknown'
      ? [
          ...coverage.near.map((n) => n.policy),
          ...coverage.holes.flatMap((h) => (h.policy ? [h.policy] : [])),
        ]
      : coverage.by,
  );
  return [...new Set(rows)];
}

export function appWords(results: readonly { readonly app: ClaudeApp }[]): string {
  return names([...new Set(results.map(({ app }) => app.name))], 4);
}
