import { addDays, isDay } from '../../model/day.ts';
import type { CaPolicyRow } from '../../model/kinds.ts';
import type { Meets } from './ca-grant.ts';
import { type Exclusion, type Hole, type PeopleInput, peopleCovered } from './ca-people.ts';
import { cellsOf, concernsPeople, type Reach, type Requirement, reaches, regionOf } from './ca-policy.ts';

/**
 * The Conditional Access evaluator: do the policies of a tenant together hold a requirement for one application, for
 * every Claude member, on every platform and client, wherever the person is? Pure, and sound rather than complete:
 * where policies only seem to add up, it says so instead of passing.
 */

/** Days in report-only after which a policy without a stated date is overdue (guide 6.2, step 20: two weeks). */
export const REPORT_ONLY_DAYS = 14;

export interface CaInput extends PeopleInput {
  readonly policies: readonly CaPolicyRow[];
  readonly today: string;
  /** Day on which a report-only policy is to be enabled, by policy id or name in lower case. */
  readonly enableOn: ReadonlyMap<string, string>;
  /** Whether a named location holds nothing but the connector's own range. */
  readonly isEgress: (locationId: string) => boolean;
}

/** Why a policy that touches the application does not carry the requirement by itself. */
export interface NearMiss {
  readonly policy: CaPolicyRow;
  readonly reach: Reach;
  /** End of "the policy …". */
  readonly why: string;
}

export type Coverage =
  | {
      readonly is: 'covered';
      readonly by: readonly CaPolicyRow[];
      readonly leftOut: readonly Exclusion[];
      readonly counted: number | null;
    }
  | { readonly is: 'pending'; readonly by: readonly CaPolicyRow[]; readonly due: string }
  | { readonly is: 'overdue'; readonly by: readonly CaPolicyRow[]; readonly due: string | null }
  | { readonly is: 'gap'; readonly holes: readonly Hole[]; readonly near: readonly NearMiss[] }
  | {
      readonly is: 'unknown';
      readonly holes: readonly Hole[];
      readonly near: readonly NearMiss[];
      readonly question: string;
    };

interface Candidate {
  readonly policy: CaPolicyRow;
  readonly cells: ReadonlySet<string>;
  readonly meets: Meets;
}

type Total =
  | {
      readonly is: 'covered';
      readonly by: readonly CaPolicyRow[];
      readonly leftOut: readonly Exclusion[];
      readonly counted: number | null;
    }
  | { readonly is: 'gap'; readonly holes: readonly Hole[] }
  | { readonly is: 'unknown'; readonly holes: readonly Hole[]; readonly question: string };

export function evaluate(appId: string, requirement: Requirement, input: CaInput): Coverage {
  const near: NearMiss[] = [];
  const candidates: Candidate[] = [];
  for (const policy of input.policies) {
    const reach = reaches(policy, appId);
    if (reach === 'no' || !concernsPeople(policy)) continue;
    const meets = requirement.meets(policy);
    if (policy.state === 'disabled') {
      if (meets.close && meets.is !== 'no' && reach !== 'excluded')
        near.push({ policy, reach, why: 'is switched off' });
      continue;
    }
    if (reach === 'excluded') {
      if (meets.close && meets.is !== 'no') near.push({ policy, reach, why: 'leaves this application out' });
      continue;
    }
    if (meets.is === 'no') {
      if (meets.close) near.push({ policy, reach, why: meets.why });
      continue;
    }
    const region = regionOf(policy, requirement, input.isEgress);
    const limits = [...(meets.is === 'unknown' ? [meets.why] : []), ...region.lets];
    if (limits.length > 0 && meets.close) near.push({ policy, reach, why: limits.join(', ') });
    if (region.cells.size > 0) candidates.push({ policy, cells: region.cells, meets });
  }
  const enabled = candidates.filter((c) => c.policy.state === 'enabled' && c.meets.is === 'yes');
  const now = total(enabled, requirement, input);
  if (now.is === 'covered') return now;

  const possible = candidates.filter((c) => c.policy.state === 'enabled' || c.policy.state === null);
  const atBest = total(possible, requirement, input);
  if (atBest.is !== 'gap') {
    const unstated = possible.filter((c) => c.policy.state === null);
    return {
      is: 'unknown',
      holes: [
        ...(now.is === 'unknown' ? now.holes : atBest.is === 'unknown' ? atBest.holes : []),
        ...unstated.map((c) => asHole(c.policy, 'The file does not say whether it is enabled.')),
        ...possible
          .filter((c) => c.meets.is === 'unknown')
          .map((c) => asHole(c.policy, `It ${c.meets.why}.`)),
      ],
      near,
      question:
        now.is === 'unknown'
          ? now.question
          : atBest.is === 'unknown'
            ? atBest.question
            : 'Open the policy in Entra: is it on, and does its authentication strength hold multifactor methods only? Write the answer as an attestation, or use a built-in strength.',
    };
  }
  return onTheWay(candidates, enabled, requirement, input, near) ?? { is: 'gap', holes: now.holes, near };
}

/** Policies in report-only that would close the gap: pending until their day, overdue after it. */
function onTheWay(
  candidates: readonly Candidate[],
  enabled: readonly Candidate[],
  requirement: Requirement,
  input: CaInput,
  near: readonly NearMiss[],
): Coverage | null {
  const waiting = candidates
    .filter((c) => c.policy.state === 'enabledForReportingButNotEnforced' && c.meets.is === 'yes')
    .sort((a, b) => (dueOf(a.policy, input) ?? '9999').localeCompare(dueOf(b.policy, input) ?? '9999'));
  let needed = waiting;
  const all = total([...enabled, ...needed], requirement, input);
  if (all.is === 'gap') return null;
  const overdue = (list: readonly Candidate[]) =>
    list.find((c) => (dueOf(c.policy, input) ?? '') < input.today);
  if (all.is === 'unknown') {
    const late = waiting.length > 0 && waiting.every((c) => overdue([c]) !== undefined);
    if (late)
      return { is: 'overdue', by: waiting.map((c) => c.policy), due: dueOf(waiting[0]?.policy, input) };
    return { is: 'unknown', holes: all.holes, near, question: all.question };
  }
  // Latest first is taken out first, so that what remains is the set that is enabled soonest.
  for (const candidate of [...waiting].reverse()) {
    const without = needed.filter((c) => c !== candidate);
    if (total([...enabled, ...without], requirement, input).is === 'covered') needed = without;
  }
  const late = overdue(needed);
  const by = needed.map((c) => c.policy);
  if (late)
    return {
      is: 'overdue',
      by: [late.policy, ...by.filter((p) => p !== late.policy)],
      due: dueOf(late.policy, input),
    };
  const due = by.reduce(
    (day, policy) => ((dueOf(policy, input) ?? '') > day ? (dueOf(policy, input) ?? '') : day),
    '',
  );
  return { is: 'pending', by, due };
}

/** The stated day, else two weeks after the policy was made; null where neither is known. */
export function dueOf(policy: CaPolicyRow | undefined, input: Pick<CaInput, 'enableOn'>): string | null {
  if (!policy) return null;
  const stated = statedDay(policy, input.enableOn);
  if (stated) return stated;
  const made = dayOf(policy.createdAt) ?? dayOf(policy.modifiedAt);
  return made ? addDays(made, REPORT_ONLY_DAYS) : null;
}

export function statedDay(policy: CaPolicyRow, enableOn: ReadonlyMap<string, string>): string | null {
  return (
    enableOn.get(policy.id?.trim().toLowerCase() ?? '') ??
    enableOn.get(policy.name.trim().toLowerCase()) ??
    null
  );
}

function dayOf(instant: string | null): string | null {
  const day = instant?.slice(0, 10) ?? '';
  return isDay(day) ? day : null;
}

/** Whether the candidates hold in every cell; people are worked out once for each set of policies that meets there. */
function total(candidates: readonly Candidate[], requirement: Requirement, input: CaInput): Total {
  const memo = new Map<string, ReturnType<typeof peopleCovered>>();
  const by = new Set<CaPolicyRow>();
  let leftOut: readonly Exclusion[] = [];
  let counted: number | null = null;
  let unsure: Extract<Total, { is: 'unknown' }> | null = null;
  for (const cell of cellsOf(requirement)) {
    const here = candidates.filter((c) => c.cells.has(cell));
    const key = here.map((c) => candidates.indexOf(c)).join(' ');
    let result = memo.get(key);
    if (!result) {
      result = peopleCovered(
        here.map((c) => c.policy),
        input,
      );
      memo.set(key, result);
    }
    if (result.is === 'gap') return { is: 'gap', holes: result.holes };
    if (result.is === 'unknown') unsure ??= { is: 'unknown', holes: result.holes, question: result.question };
    else {
      for (const c of here) by.add(c.policy);
      leftOut = [...leftOut, ...result.leftOut.filter((e) => !leftOut.some((other) => other.id === e.id))];
      counted = result.counted ?? counted;
    }
  }
  return unsure ?? { is: 'covered', by: [...by], leftOut, counted };
}

function asHole(policy: CaPolicyRow, detail: string): Hole {
  return { key: (policy.id ?? policy.name).toLowerCase(), label: policy.name, detail, policy, seat: null };
}
