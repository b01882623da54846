import type { ReferenceLine } from '../model/journey.ts';
import type { State, Verdict } from '../model/verdict.ts';

/**
 * What a line of the quick reference may be. `done` rests on evidence for every check that applies; nothing else turns
 * a line into it. `order_violated`: it was done, and too late, so that it cannot be mended any more.
 */
export const LINE_STATES = [
  'done',
  'open',
  'order_violated',
  'cannot_read',
  'pending',
  'not_licensed',
  'policy_only',
  'not_applicable',
] as const;
export type LineState = (typeof LINE_STATES)[number];

export interface LineStanding {
  readonly line: ReferenceLine;
  readonly state: LineState;
  /** The verdicts of its checks, those that hold the line back first. */
  readonly verdicts: readonly Verdict[];
  /** All its checks hold, and no case was run through that would show that it works. */
  readonly lacksCase: boolean;
  /** All its checks hold, and none of them by the reading that the line asks for. */
  readonly lacksReading: boolean;
}

/** Where each line of the quick reference stands. A control without a verdict counts as unread. */
export function referenceStanding(
  lines: readonly ReferenceLine[],
  verdicts: readonly Verdict[],
): readonly LineStanding[] {
  const byControl = new Map(verdicts.map((verdict) => [verdict.control, verdict]));
  return lines.map((line) => {
    const found = line.proof.flatMap((control) => byControl.get(control) ?? []);
    const states = line.proof.map((control) => byControl.get(control)?.state ?? 'cannot_read');
    const state = stateOf(line, found, states);
    const lacksCase = state === 'done' && !hadCase(line, byControl);
    const lacksReading = state === 'done' && !wasRead(line, found);
    return {
      line,
      state: lacksCase ? 'open' : lacksReading ? 'cannot_read' : state,
      lacksCase,
      lacksReading,
      verdicts: found.toSorted((a, b) => WEIGHT.indexOf(a.state) - WEIGHT.indexOf(b.state)),
    };
  });
}

const WEIGHT: readonly State[] = [
  'fail',
  'cannot_read',
  'pending',
  'not_licensed',
  'policy_only',
  'accepted',
  'pass',
  'not_applicable',
];

function hadCase({ case: one }: ReferenceLine, byControl: ReadonlyMap<string, Verdict>): boolean {
  if (one === undefined) return true;
  const verdict = byControl.get(one);
  return verdict?.state !== 'pass' || verdict.evidence.some(({ kind }) => kind === 'journal');
}

function wasRead({ reads }: ReferenceLine, found: readonly Verdict[]): boolean {
  return (
    reads === undefined ||
    found.some(({ state, evidence }) => state === 'pass' && evidence.some(({ kind }) => reads.includes(kind)))
  );
}

function stateOf(line: ReferenceLine, found: readonly Verdict[], states: readonly State[]): LineState {
  const has = (state: State) => states.includes(state);
  if (found.some(({ control, state }) => state === 'fail' && line.order.includes(control)))
    return 'order_violated';
  if (has('fail')) return 'open';
  if (has('cannot_read')) return 'cannot_read';
  if (has('pending')) return 'pending';
  if (states.every((state) => state === 'not_applicable')) return 'not_applicable';
  if (has('not_licensed')) return 'not_licensed';
  if (has('policy_only')) return 'policy_only';
  return 'done';
}
