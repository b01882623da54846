import { addDays } from '../../model/day.ts';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { type Ask, ask } from '../../text/message.ts';
import type { Exclusion } from './ca-exclusions.ts';
import { type Candidate, deciding, Field } from './ca-field.ts';
import { blocks } from './ca-grant.ts';
import type { Hole, PeopleInput } from './ca-people.ts';
import { concernsPeople, type Reach, type Requirement, reaches } from './ca-policy.ts';
import { type Places, regionOf } from './ca-region.ts';
import { REPORT_ONLY, type ReportsSince } from './reports-since.ts';

/**
 * The Conditional Access evaluator: do the policies of a tenant together enforce a requirement for one application, for
 * every Claude member, on every platform, client and device, from any location? Pure, and sound rather than complete:
 * if the policies only seem to add up, it says so instead of passing.
 */

/** Days in report-only mode after which a policy without a stated date is overdue (guide 6.2, step 20: two weeks). */
export const REPORT_ONLY_DAYS = 14;

export interface CaInput extends PeopleInput, Places {
  readonly policies: readonly CaPolicyRow[];
  readonly today: string;
  /** Day on which a report-only policy is to be enabled, by policy id or name in lower case. */
  readonly enableOn: ReadonlyMap<string, string>;
  /** Since when a report-only policy has been in that mode; null: not known. */
  readonly reportsSince: (policy: CaPolicyRow) => ReportsSince | null;
}

/** Why a policy that concerns the application does not enforce the requirement by itself. */
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
      /** Policies that also block everyone; empty: people can sign in. */
      readonly closedBy: readonly CaPolicyRow[];
    }
  /** Everyone is blocked, so no one is asked for anything. */
  | { readonly is: 'blocked'; readonly by: readonly CaPolicyRow[] }
  | {
      readonly is: 'pending';
      readonly by: readonly CaPolicyRow[];
      readonly due: string;
      /** Whom the enabled policies miss until then; empty if none of them asks for it. */
      readonly holes: readonly Hole[];
    }
  | { readonly is: 'overdue'; readonly by: readonly CaPolicyRow[]; readonly due: string | null }
  | { readonly is: 'gap'; readonly holes: readonly Hole[]; readonly near: readonly NearMiss[] }
  | {
      readonly is: 'unknown';
      readonly holes: readonly Hole[];
      readonly near: readonly NearMiss[];
      readonly question: Ask;
    };

export function evaluate(appId: string, requirement: Requirement, input: CaInput): Coverage {
  const { reaching, near } = sift(appId, requirement, input);
  const field = new Field(reaching, requirement, input);
  const candidates = reaching.filter((c) => field.breadth(c) > 0);
  const enabled = candidates.filter((c) => c.policy.state === 'enabled' && c.meets.is === 'yes');
  const now = field.total(enabled);
  if (now.is === 'covered') return settled(enabled, field, requirement);

  const possible = candidates.filter((c) => c.policy.state === 'enabled' || c.policy.state === null);
  const atBest = field.total(possible);
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
            : ask(
                'look',
                'ca_policy',
                'Open the policy in Entra: is it on, does its application filter include Claude, and does its authentication strength allow only multifactor methods? Write the answer as an attestation, or name the application and use a built-in strength.',
              ),
    };
  }
  const later = onTheWay(candidates, enabled, field, input, near);
  if (later?.is === 'pending' && now.is === 'gap') return { ...later, holes: now.holes };
  return later ?? { is: 'gap', holes: now.holes, near };
}

/**
 * A minimal set of policies that covers the requirement. A block covers only sign-ins that it blocks, so policies that
 * ask are tried without blocks first.
 */
function settled(enabled: readonly Candidate[], field: Field, requirement: Requirement): Coverage {
  const asking = enabled.filter((c) => !blocks(c.policy));
  const closed = enabled.filter(
    ({ policy }) =>
      blocks(policy) &&
      policy.signInRiskLevels.length === 0 &&
      // Blocking all but compliant devices is one way to require a compliant device.
      !(requirement.compliantIsEnough && policy.deviceFilter),
  );
  const closedBy =
    field.total(closed).is === 'covered' ? deciding(closed, [], field).map((c) => c.policy) : [];
  if (field.total(asking).is === 'covered') return asCoverage(asking, field, closedBy);
  return closedBy.length > 0 ? { is: 'blocked', by: closedBy } : asCoverage(enabled, field, []);
}

function asCoverage(
  candidates: readonly Candidate[],
  field: Field,
  closedBy: readonly CaPolicyRow[],
): Coverage {
  const by = deciding(candidates, [], field);
  const total = field.total(by);
  return total.is === 'covered'
    ? { ...total, by: by.map((c) => c.policy), closedBy }
    : { is: 'gap', holes: [], near: [] };
}

/** Separates the policies that count from near misses, nearest first. */
function sift(appId: string, requirement: Requirement, input: CaInput) {
  const near: (NearMiss & { rank: number })[] = [];
  const reaching: Candidate[] = [];
  for (const policy of input.policies) {
    const reach = reaches(policy, appId);
    if (reach === 'no' || !concernsPeople(policy)) continue;
    const meets = requirement.meets(policy);
    const miss = (why: string, rank: number) => {
      if (meets.close) near.push({ policy, reach, why, rank: rank + (reach === 'named' ? 0 : 1) });
    };
    if (policy.state === 'disabled' || reach === 'excluded') {
      if (meets.is !== 'no')
        miss(policy.state === 'disabled' ? 'is switched off' : 'leaves this application out', 6);
      continue;
    }
    if (meets.is === 'no') {
      miss(meets.why, 4);
      continue;
    }
    const region = regionOf(policy, requirement, input);
    const filter = reach === 'filtered' ? [FILTERED] : [];
    const limits = [...filter, ...(meets.is === 'unknown' ? [meets.why] : []), ...region.lets];
    if (limits.length > 0) miss(limits.join(', '), policy.state === 'enabled' ? 0 : 2);
    reaching.push({
      policy,
      named: reach === 'named',
      region,
      meets: reach === 'filtered' ? { ...meets, is: 'unknown', why: FILTERED } : meets,
    });
  }
  near.sort((a, b) => a.rank - b.rank);
  return { reaching, near: near.map(({ rank: _rank, ...miss }): NearMiss => miss) };
}

const FILTERED = 'picks applications by a security attribute, and no file shows whether Claude carries it';

/** Report-only policies that would close the gap: pending until their day, overdue after it. */
function onTheWay(
  candidates: readonly Candidate[],
  enabled: readonly Candidate[],
  field: Field,
  input: CaInput,
  near: readonly NearMiss[],
): Coverage | null {
  const waiting = candidates
    .filter((c) => c.policy.state === REPORT_ONLY && c.meets.is === 'yes')
    .sort((a, b) => (dueOf(a.policy, input) ?? '9999').localeCompare(dueOf(b.policy, input) ?? '9999'));
  const all = field.total([...enabled, ...waiting]);
  if (all.is === 'gap') return null;
  const overdue = (list: readonly Candidate[]) =>
    list.find((c) => (dueOf(c.policy, input) ?? '') < input.today);
  if (all.is === 'unknown') {
    const late = waiting.length > 0 && waiting.every((c) => overdue([c]) !== undefined);
    if (late)
      return { is: 'overdue', by: waiting.map((c) => c.policy), due: dueOf(waiting[0]?.policy, input) };
    return { is: 'unknown', holes: all.holes, near, question: all.question };
  }
  // The latest are dropped first, so that the remaining set is the one that is enabled soonest.
  const needed = deciding(waiting, enabled, field, false);
  if (needed.every((c) => blocks(c.policy)) && enabled.every((c) => blocks(c.policy))) return null;
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
  return { is: 'pending', by, due, holes: [] };
}

/** Input of {@link dueOf}. */
export type Dates = Pick<CaInput, 'enableOn' | 'reportsSince'>;

/** The stated day, else two weeks after the policy entered report-only mode; null if neither is known. */
export function dueOf(policy: CaPolicyRow | undefined, dates: Dates): string | null {
  if (!policy) return null;
  const stated = statedDay(policy, dates);
  if (stated !== null) return stated;
  const since = dates.reportsSince(policy);
  return since === null ? null : addDays(since.day, REPORT_ONLY_DAYS);
}

/**
 * The day that the charter states. If it had come before the policy was set back to report-only, it was met then and no
 * longer applies.
 */
export function statedDay(policy: CaPolicyRow, { enableOn, reportsSince }: Dates): string | null {
  const stated =
    enableOn.get(policy.id?.trim().toLowerCase() ?? '') ?? enableOn.get(policy.name.trim().toLowerCase());
  if (stated === undefined) return null;
  const since = reportsSince(policy);
  return since?.returned === true && stated <= since.day ? null : stated;
}

function asHole(policy: CaPolicyRow, detail: string): Hole {
  return { key: (policy.id ?? policy.name).toLowerCase(), label: policy.name, detail, policy, seat: null };
}
// Guide: G6.2-06 G6.3-06 G6.5-04
