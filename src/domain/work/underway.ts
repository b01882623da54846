import { count, lowerFirst } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** Nouns for the journeys of people. */
export const JOURNEY_NOUNS = { leaving: 'offboarding', joining: 'onboarding' } as const;

/**
 * Steps of leavers and joiners. A person's steps with the same due day and owner (or, if unassigned, the same audience
 * of the guide) form one work item.
 */
export function underway({ journeys }: Pick<WorkFacts, 'journeys'>): Draft[] {
  return journeys.flatMap(({ id, kind, name, steps }) => {
    const parts = Map.groupBy(
      steps,
      ({ due, owner, who }) => `${due}:${owner === null ? `by ${who}` : (owner.user ?? owner.name)}`,
    );
    return [...parts].flatMap(([key, part]): Draft[] => {
      const [first] = part;
      if (first === undefined) return [];
      const one = part.length === 1;
      return [
        {
          key: `${kind}:${id}:${key}`,
          kind: kind === 'leaving' ? 'leaver' : 'joiner',
          title: one ? first.action : `${count(part.length, 'step')} of ${JOURNEY_NOUNS[kind]}: ${name}`,
          why: one
            ? first.words
            : `Not confirmed yet: ${part
                .map(({ title, contradicted }) =>
                  contradicted
                    ? `${lowerFirst(title)} (marked, but a reading shows otherwise)`
                    : lowerFirst(title),
                )
                .join('; ')}.`,
          due: first.due,
          owner: first.owner,
          role: first.who,
          subject: id,
        },
      ];
    });
  });
}

// Guide: G6.6-00 G7.3-01
