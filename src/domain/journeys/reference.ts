import type { ReferenceLine } from '../model/journey.ts';
import type { State, Verdict } from '../model/verdict.ts';

/**
 * States of a line in the quick reference. Only evidence for every applicable check makes it `done`. `order_violated`:
 * done, but too late, which cannot be corrected. `less_than_approved`: nothing is wider than approved, but something
 * approved is missing.
 */
export const LINE_STATES = [
  'done',
  'open',
  'order_violated',
  'less_than_approved',
  'cannot_read',
  'pending',
  'not_licensed',
  'policy_only',
  'not_applicable',
] as const;
export type LineState = (typeof LINE_STATES)[number];

export interface LineStatus {
  readonly line: ReferenceLine;
  readonly state: LineState;
  /** Verdicts of its checks, those that hold the line back first. */
  readonly verdicts: readonly Verdict[];
  /** All checks pass, but no test case has shown that it works. */
  readonly lacksCase: boolean;
  /** All checks pass, but the recurring task that it requires is not scheduled. */
  readonly lacksSchedule: boolean;
  /** All checks pass, but none by the reading that the line asks for. */
  readonly lacksReading: boolean;
  /** All checks pass, but these approved connectors and actions are missing or narrower, in words. */
  readonly less: readonly string[];
  /** All checks pass, but for these it is not reported whether they match the approval. */
  readonly unreported: readonly string[];
}

/** Where approved connectors fall short of their approval. What is wider is reported elsewhere. */
export interface AsApproved {
  /** Connectors that are off and actions that are narrower, in words. */
  readonly less: readonly string[];
  /** Names of those that the newest reading does not cover. */
  readonly unreported: readonly string[];
}

/**
 * Status of each line of the quick reference. A control without a verdict counts as unread.
 *
 * @param scheduled Recurring tasks on the client's schedule.
 * @param ran Controls with a test case that was completed here.
 */
export function referenceStatus(
  lines: readonly ReferenceLine[],
  verdicts: readonly Verdict[],
  approved: AsApproved,
  scheduled: ReadonlySet<string> = new Set(),
  ran: ReadonlySet<string> = new Set(),
): readonly LineStatus[] {
  const byControl = new Map(verdicts.map((verdict) => [verdict.control, verdict]));
  return lines.map((line) => {
    const found = line.proof.flatMap((control) => byControl.get(control) ?? []);
    const states = line.proof.map((control) => byControl.get(control)?.state ?? 'cannot_read');
    const state = stateOf(line, found, states);
    const lacksCase = state === 'done' && !hadCase(line, byControl, ran);
    const lacksSchedule = state === 'done' && line.schedule !== undefined && !scheduled.has(line.schedule);
    const lacksReading = state === 'done' && !wasRead(line, found);
    const { less, unreported } =
      state === 'done' && line.asApproved && found.some((verdict) => verdict.state !== 'not_applicable')
        ? approved
        : { less: [], unreported: [] };
    return {
      line,
      state:
        lacksCase || lacksSchedule
          ? 'open'
          : less.length > 0
            ? 'less_than_approved'
            : lacksReading || unreported.length > 0
              ? 'cannot_read'
              : state,
      lacksCase,
      lacksSchedule,
      lacksReading,
      less,
      unreported,
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

function hadCase(
  { case: one }: ReferenceLine,
  byControl: ReadonlyMap<string, Verdict>,
  ran: ReadonlySet<string>,
): boolean {
  if (one === undefined || ran.has(one)) return true;
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
// Guide: G4.2-01 GA-00 GA-01 GA-02 GA-03 GA-04 GA-05 GA-06 GA-07 GA-08 GA-09 GA-10 GA-11 GA-12 GA-13 GA-14
// Guide: GA-15 GA-16
