import type { CaPolicyRow } from '../model/kinds.ts';
import type { Tri } from '../rules/microsoft/ca-grant.ts';
import type { Effect } from './effect.ts';
import type { WhatIfPerson } from './everyone.ts';
import type { Reason, WhatIf } from './what-if.ts';

/** One person of a sample, as the local What If answers for them. */
export interface Sampled {
  /** Object id in Entra, by which Microsoft is asked. */
  readonly id: string;
  readonly name: string;
  readonly outcome: Effect['is'];
  readonly policies: readonly {
    readonly id: string | null;
    readonly name: string;
    readonly state: CaPolicyRow['state'];
    readonly applies: Tri;
    readonly reasons: readonly Reason[];
  }[];
}

/** What Microsoft says of one policy; the reason in its own words, null where it gives none. */
export interface TheirAnswer {
  readonly id: string;
  readonly name: string;
  readonly applies: Tri;
  readonly reason: string | null;
}

export interface Disagreement {
  readonly person: string;
  readonly policy: string;
  /** null: that side does not have the policy. */
  readonly ours: Tri | null;
  readonly theirs: Tri | null;
  readonly reason: string | null;
}

export interface SecondOpinion {
  /** Answers that were compared: people times policies. */
  readonly compared: number;
  readonly agree: number;
  /** Comparisons in which one side is unknown. */
  readonly open: number;
  readonly differences: readonly Disagreement[];
}

const OUTCOMES: readonly Effect['is'][] = ['blocked', 'unknown', 'asked', 'free'];
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A few people of each outcome, those with a seat first. Who has no object id in what was read cannot be asked for.
 * @param each how many of each outcome at most
 */
export function sampleOf(people: readonly WhatIfPerson[], whatIf: WhatIf, each: number): readonly Sampled[] {
  const found = new Map<Effect['is'], Sampled[]>(OUTCOMES.map((is) => [is, []]));
  for (const person of people.toSorted((a, b) => Number(b.seat) - Number(a.seat))) {
    const id = [...person.keys].find((key) => OBJECT_ID.test(key));
    const list = found.get(whatIf.outcome(person));
    if (id === undefined || list === undefined || list.length >= each) continue;
    const { outcome, policies } = whatIf.of(person);
    list.push({
      id,
      name: person.name,
      outcome,
      policies: policies.map(({ policy, is, reasons }) => ({
        id: policy.id,
        name: policy.name,
        state: policy.state,
        applies: is,
        reasons,
      })),
    });
  }
  return OUTCOMES.flatMap((is) => found.get(is) ?? []);
}

/** Differences between the two answers for the people of a sample. An unknown on either side is not a difference. */
export function compareAnswers(
  sample: readonly Sampled[],
  theirs: ReadonlyMap<string, readonly TheirAnswer[]>,
): SecondOpinion {
  let compared = 0;
  let agree = 0;
  let open = 0;
  const differences: Disagreement[] = [];
  for (const { id, name, policies } of sample) {
    const left = new Map((theirs.get(id) ?? []).map((one) => [one.id.toLowerCase(), one]));
    for (const ours of policies) {
      const key = ours.id?.toLowerCase() ?? '';
      const other = left.get(key);
      left.delete(key);
      compared += 1;
      const differs = { person: name, policy: ours.name, ours: ours.applies };
      // Microsoft may leave out a policy that is off.
      if (other === undefined && ours.state === 'disabled') agree += 1;
      else if (other === undefined) differences.push({ ...differs, theirs: null, reason: null });
      else if (ours.applies === other.applies) agree += 1;
      else if (ours.applies === 'unknown' || other.applies === 'unknown') open += 1;
      else differences.push({ ...differs, theirs: other.applies, reason: other.reason });
    }
    compared += left.size;
    for (const other of left.values())
      differences.push({
        person: name,
        policy: other.name,
        ours: null,
        theirs: other.applies,
        reason: other.reason,
      });
  }
  return { compared, agree, open, differences };
}
// Guide: G6.2-04
