import type { CaPolicyRow } from '../../model/kinds.ts';
import type { Ask } from '../../text/message.ts';
import type { Exclusion } from './ca-exclusions.ts';
import type { Meets } from './ca-grant.ts';
import { everyoneCovered } from './ca-let-out.ts';
import { type Hole, includesAll, type PeopleInput } from './ca-people.ts';
import type { Requirement } from './ca-policy.ts';
import { cellsOf, type Places, type Region } from './ca-region.ts';

/** A policy that reaches the application and may enforce the requirement. */
export interface Candidate {
  readonly policy: CaPolicyRow;
  /** Whether it names the application, rather than all applications. */
  readonly named: boolean;
  readonly region: Region;
  readonly meets: Meets;
}

export type Total =
  | {
      readonly is: 'covered';
      readonly leftOut: readonly Exclusion[];
      readonly counted: number | null;
    }
  | { readonly is: 'gap'; readonly holes: readonly Hole[] }
  | { readonly is: 'unknown'; readonly holes: readonly Hole[]; readonly question: Ask };

/** All ways to sign in, partitioned as finely as the candidates distinguish them, and which candidates apply where. */
export class Field {
  readonly #input: PeopleInput;
  /** Distinct sets of candidates that apply together in some cell. */
  readonly #meetings: readonly (readonly Candidate[])[];
  readonly #breadth = new Map<Candidate, number>();
  readonly #order: ReadonlyMap<Candidate, number>;
  readonly #people = new Map<string, ReturnType<typeof everyoneCovered>>();

  constructor(candidates: readonly Candidate[], requirement: Requirement, input: PeopleInput & Places) {
    this.#input = input;
    this.#order = new Map(candidates.map((candidate, index) => [candidate, index]));
    const { cells, apart } = cellsOf(
      requirement,
      candidates.map(({ region }) => region),
      input,
    );
    const usable = candidates.filter(({ region }) => region.atoms.every((atom) => apart.has(atom)));
    const meetings = new Map<string, readonly Candidate[]>();
    for (const cell of cells) {
      const here = usable.filter(({ region }) => region.holdsIn(cell));
      for (const one of here) this.#breadth.set(one, this.breadth(one) + 1);
      meetings.set(this.#key(here), here);
    }
    this.#meetings = [...meetings.values()];
  }

  /** Number of cells in which a candidate applies. */
  breadth(candidate: Candidate): number {
    return this.#breadth.get(candidate) ?? 0;
  }

  /** Whether these candidates cover everyone in every cell. People are computed once per distinct set of candidates. */
  total(candidates: readonly Candidate[]): Total {
    const chosen = new Set(candidates);
    let leftOut: readonly Exclusion[] = [];
    let counted: number | null = null;
    let unsure: Extract<Total, { is: 'unknown' }> | null = null;
    for (const meeting of this.#meetings) {
      const result = this.#peopleIn(meeting.filter((candidate) => chosen.has(candidate)));
      if (result.is === 'gap') return { is: 'gap', holes: result.holes };
      if (result.is === 'unknown') unsure ??= result;
      else {
        leftOut = [...leftOut, ...result.leftOut.filter((e) => !leftOut.some((other) => other.id === e.id))];
        counted = result.counted ?? counted;
      }
    }
    return unsure ?? { is: 'covered', leftOut, counted };
  }

  #peopleIn(here: readonly Candidate[]): ReturnType<typeof everyoneCovered> {
    const key = this.#key(here);
    const known = this.#people.get(key);
    if (known) return known;
    const result = everyoneCovered(
      here.map(({ policy }) => policy),
      this.#input,
    );
    this.#people.set(key, result);
    return result;
  }

  #key(candidates: readonly Candidate[]): string {
    return candidates.map((candidate) => this.#order.get(candidate)).join(' ');
  }
}

/**
 * A minimal set of the candidates that covers the requirement together with `others`, which are always kept. With
 * `widest`, the candidates that cover most are kept and come first; otherwise the order is kept and the last are
 * dropped first.
 */
export function deciding(
  candidates: readonly Candidate[],
  others: readonly Candidate[],
  field: Field,
  widest = true,
): readonly Candidate[] {
  const weight = (one: Candidate) =>
    (includesAll(one.policy) ? 1_000_000 : 0) + field.breadth(one) * 2 + (one.named ? 1 : 0);
  const ordered = widest ? [...candidates].sort((a, b) => weight(b) - weight(a)) : candidates;
  let kept = ordered;
  for (const candidate of [...ordered].reverse()) {
    const without = kept.filter((one) => one !== candidate);
    if (field.total([...others, ...without]).is === 'covered') kept = without;
  }
  return kept;
}
