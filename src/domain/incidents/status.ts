import type { PlaybookStep } from '../model/playbook.ts';
import { type Answers, fieldGap } from './forms.ts';
import type { FollowedState } from './permissions.ts';

/** leave_out_asked: someone asked to leave the step out, and a second person has not agreed yet. */
export const STEP_STATES = ['open', 'done', 'leave_out_asked', 'left_out'] as const;
export type StepState = (typeof STEP_STATES)[number];

/**
 * Whether there is evidence that a containment works. awaited: a tracked permission is not yet in force or not yet
 * observed.
 */
export const PROOF_STATES = ['shown', 'stated', 'none', 'awaited', 'contradicted'] as const;
export type ProofState = (typeof PROOF_STATES)[number];

/** Evidence for a containment as it was shown when the incident was closed. */
export interface KeptProof {
  readonly state: ProofState;
  readonly words: readonly string[];
  /** The stricter permissions that were tracked, by row of the matrix. */
  readonly permissions: readonly {
    readonly row: string;
    readonly state: FollowedState;
    readonly words: readonly string[];
  }[];
}

/** What people recorded for one step. */
export interface StepRecord {
  readonly step: string;
  readonly state: StepState;
  readonly answers: Answers;
  readonly entries: readonly Answers[];
  /** Someone states that the step's list has no entries. */
  readonly none: boolean;
  /** SHA-256 of attached files. */
  readonly files: readonly string[];
  readonly lessons: readonly Lesson[];
}

/** A follow-up: a draft of the charter, or a control that was assigned to someone. */
export interface Lesson {
  readonly text: string;
  readonly draft: string | null;
  readonly control: string | null;
}

export const GAPS = [
  'not_done',
  'waits',
  'unanswered',
  'unfit',
  'same',
  'undecided',
  'no_entry',
  'unconfirmed',
  'no_proof',
  'awaited',
  'contradicted',
  'no_lesson',
  'second_person',
] as const;
export type GapCode = (typeof GAPS)[number];

/** What is missing before a step is settled. `field`: the question; `entry`: number of the entry, from 1. */
export interface Gap {
  readonly step: string;
  readonly code: GapCode;
  readonly field?: string;
  readonly entry?: number;
  /** Number of missing items. */
  readonly count?: number;
}

/**
 * What is missing in a step's record, regardless of whether it is marked as done.
 *
 * @param writes Writes of the session that a step listing writes has to include, named as in its entries.
 */
export function formGaps(
  step: PlaybookStep,
  record: Omit<StepRecord, 'state'>,
  writes: readonly string[] = [],
): Gap[] {
  const of = (fields: PlaybookStep['fields'], answers: Answers, entry?: number) =>
    fields.flatMap((field): Gap[] => {
      const gap = fieldGap(field, answers);
      const code = gap === 'missing' ? 'unanswered' : gap === 'open' ? 'undecided' : gap;
      return code === null
        ? []
        : [{ step: step.id, code, field: field.id, ...(entry === undefined ? {} : { entry }) }];
    });
  const { entries } = step;
  const list =
    entries === undefined
      ? []
      : record.entries.length === 0
        ? record.none && entries.mayBeNone
          ? []
          : [{ step: step.id, code: 'no_entry' as const }]
        : record.entries.flatMap((answers, at) => of(entries.fields, answers, at + 1));
  const named = entries?.writesInto;
  const unnamed =
    named === undefined
      ? 0
      : writes.filter((one) => !record.entries.some((entry) => entry[named] === one)).length;
  const unconfirmed: Gap[] = unnamed === 0 ? [] : [{ step: step.id, code: 'unconfirmed', count: unnamed }];
  const lessons: Gap[] =
    step.kind === 'learn' && !record.lessons.some(({ draft, control }) => draft !== null || control !== null)
      ? [{ step: step.id, code: 'no_lesson' }]
      : [];
  return [...of(step.fields, record.answers), ...list, ...unconfirmed, ...lessons];
}

/** What keeps one step from being settled. */
export function stepGaps(
  step: PlaybookStep,
  record: StepRecord,
  proof: ProofState,
  writes: readonly string[] = [],
): Gap[] {
  switch (record.state) {
    case 'left_out':
      return [];
    case 'leave_out_asked':
      return [{ step: step.id, code: 'second_person' }];
    case 'open':
      return [{ step: step.id, code: 'not_done' }];
    case 'done': {
      const gaps = formGaps(step, record, writes);
      if (step.kind !== 'contain') return gaps;
      if (proof === 'contradicted' || proof === 'awaited') return [...gaps, { step: step.id, code: proof }];
      return proof === 'none' ? [...gaps, { step: step.id, code: 'no_proof' }] : gaps;
    }
  }
}

/** Steps that must be settled first and are not. */
export function waitsFor(step: PlaybookStep, settled: ReadonlySet<string>): readonly string[] {
  return step.after.filter((id) => !settled.has(id));
}
