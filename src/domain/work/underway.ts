import { count, lowerFirst } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** What the leaving or joining of a person is called. */
export const JOURNEY_NOUNS = { leaving: 'offboarding', joining: 'onboarding' } as const;

/**
 * Steps of people who leave or join. Those of one person that are due on one day and lie with one owner, or are for the same
 * people by the guide where nobody is named, are one piece of work.
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
