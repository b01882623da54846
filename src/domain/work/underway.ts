import { count, names } from '../text/words.ts';
import type { Owner, WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** Steps of people who leave or join: those of one person that are due on one day, with one owner, are one piece of work. */
export function underway({ journeys }: Pick<WorkFacts, 'journeys'>): Draft[] {
  return journeys.flatMap(({ id, kind, name, steps }) => {
    const parts = Map.groupBy(steps, ({ due, owner }) => `${due}:${ownerKey(owner)}`);
    return [...parts].flatMap(([key, part]): Draft[] => {
      const [first] = part;
      if (first === undefined) return [];
      const one = part.length === 1;
      return [
        {
          key: `${kind}:${id}:${key}`,
          kind: kind === 'leaving' ? 'leaver' : 'joiner',
          title: one ? first.action : `${count(part.length, 'step')} of the ${kind} of ${name}`,
          why: one
            ? `${first.words}.`
            : `${names(
                part.map(({ title, contradicted }) =>
                  contradicted ? `${title} (marked, and a reading shows otherwise)` : title,
                ),
                6,
              )}.`,
          due: first.due,
          owner: first.owner,
          role: first.who,
          subject: id,
        },
      ];
    });
  });
}

function ownerKey(owner: Owner | null): string {
  return owner === null ? '' : (owner.user ?? owner.name);
}
// Guide: G6.6-00 G7.3-01
