import { count } from '../../text/words.ts';
import type { Shown } from './person.ts';

/** Outcome for a leaver's project. */
export const PROJECT_OUTCOMES = ['transferred', 'archived', 'lost'] as const;
export type ProjectOutcome = (typeof PROJECT_OUTCOMES)[number];

/** A leaver's recorded list of projects. */
export interface ProjectList {
  /** Day on which the list was made. */
  readonly listedOn: string;
  /** Outcome for each; null: still open. */
  readonly outcomes: readonly (ProjectOutcome | null)[];
  /** Day on which the last one was settled; null: none yet. */
  readonly settledOn: string | null;
  readonly settledBy: string | null;
}

const OUTCOME_WORDS: Readonly<Record<ProjectOutcome, string>> = {
  transferred: 'transferred',
  archived: 'archived',
  lost: 'accepted as lost',
};

/**
 * What the list shows about the step; null: all projects are settled, which is a person's statement and no reading
 * shows.
 */
export function projectsOpen({ listedOn, outcomes }: ProjectList): Omit<Shown, 'evidence'> | null {
  const open = outcomes.filter((one) => one === null).length;
  return open === 0
    ? null
    : {
        is: 'not_done',
        on: listedOn,
        code: 'projects_open',
        words: `${count(open, 'project')} of ${outcomes.length} neither transferred, archived nor accepted as lost.`,
      };
}

/** The outcomes in a sentence. */
export function projectsWords({ outcomes }: ProjectList): string {
  if (outcomes.length === 0) return 'The list holds no projects.';
  const parts = PROJECT_OUTCOMES.flatMap((outcome) => {
    const of = outcomes.filter((one) => one === outcome).length;
    return of === 0 ? [] : [`${of} ${OUTCOME_WORDS[outcome]}`];
  });
  return `${count(outcomes.length, 'project')}: ${parts.join(', ')}.`;
}
// Guide: G6.6-05
