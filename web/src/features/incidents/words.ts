import type { InferClientOutputs } from '@orpc/client';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { reread } from '../../acts.ts';
import { api, type client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

type Outputs = InferClientOutputs<typeof client>['incidents'];
export type IncidentLine = Outputs['list']['items'][number];
export type Incident = Outputs['get'];
export type Step = Incident['plan'][number];
export type Field = Step['fields'][number];
export type Types = Outputs['types'];
export type StaffReport = InferClientOutputs<typeof client>['staff']['reports']['items'][number];

export const OUTCOME_WORDS = { resolved: 'Resolved', false_alarm: 'False alarm' } as const;

export const PROOF_WORDS = {
  shown: 'Confirmed by a reading',
  stated: 'Stated with a file, not confirmed by any reading',
  none: 'No proof yet',
  awaited: 'Not yet both in force and observed',
  contradicted: 'Contradicted by a reading',
} as const;

const PROOF_SHAPES = {
  shown: 'pass',
  stated: 'accepted',
  none: 'cannot_read',
  awaited: 'pending',
  contradicted: 'fail',
} as const satisfies Record<keyof typeof PROOF_WORDS, VerdictState>;

/** The status of an incident, as a word and a symbol. */
export function status({ state, outcome, steps, onWord }: IncidentLine): {
  state: VerdictState;
  words: string;
} {
  if (state === 'closed') {
    if (outcome === 'false_alarm') return { state: 'not_applicable', words: OUTCOME_WORDS.false_alarm };
    return onWord.length > 0
      ? { state: 'accepted', words: 'Resolved as stated' }
      : { state: 'pass', words: OUTCOME_WORDS.resolved };
  }
  return steps.overdue > 0 ? { state: 'fail', words: 'Overdue' } : { state: 'pending', words: 'Open' };
}

/** The status of a step. A step that contains the incident is done only once evidence shows that it worked. */
export function stepStatus(step: Step): { state: VerdictState; words: string } {
  if (step.state === 'left_out') return { state: 'not_applicable', words: 'Skipped' };
  if (step.state === 'leave_out_asked') return { state: 'pending', words: 'A second person has to agree' };
  if (step.state === 'done') {
    if (step.proof !== null)
      return {
        state: PROOF_SHAPES[step.proof.state],
        words: `Done: ${PROOF_WORDS[step.proof.state].toLowerCase()}`,
      };
    return step.settled ? { state: 'pass', words: 'Done' } : { state: 'cannot_read', words: 'Not complete' };
  }
  return step.overdue ? { state: 'fail', words: 'Overdue' } : { state: 'pending', words: 'To do' };
}

/** Containments that no reading shows, each with the person whose statement it rests on. */
export function onWordWords({ plan }: Pick<Incident, 'plan'>): readonly string[] {
  return plan.flatMap(({ title, proof }) =>
    proof?.word == null
      ? []
      : [`“${title}” rests on the word of ${proof.word}, with a file. No reading shows that it worked.`],
  );
}

/** Refetches everything that an action on an incident may have changed. */
export async function rereadIncidents(): Promise<void> {
  await reread(
    [api.incidents, api.staff, api.work, api.home, api.shell, api.alerts, api.fleet].map((part) =>
      part.key(),
    ),
  );
}

/** The current permission of an action, according to the charter in force and the newest reading. */
export function setTo({
  charter,
  observed,
  times,
}: NonNullable<Step['permissions']>['offered'][number]): string {
  const seen =
    observed === null
      ? 'no current reading'
      : `${observed.state === 'off' ? 'off' : PERMISSION_WORDS[observed.state]} on ${dayWords(observed.on)}`;
  const called = times === 0 ? '' : ` · called ${times === 1 ? 'once' : `${times} times`} around that time`;
  return `Charter: ${PERMISSION_WORDS[charter]} · Read: ${seen}${called}`;
}
// Guide: G7.2-20
