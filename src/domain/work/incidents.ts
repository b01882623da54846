import { count } from '../text/words.ts';
import type { WorkFacts } from './facts.ts';
import type { Draft } from './items.ts';

/** Every step of an open incident that can be done now, by owner, and closing the incident once none is left. */
export function incidents({ incidents: all }: WorkFacts): Draft[] {
  return all.flatMap((one): Draft[] => {
    if (one.steps.length === 0)
      return [
        {
          key: `incident:${one.id}`,
          kind: 'incident',
          title: `Close ${one.code}`,
          why: `Every step of “${one.title}” is settled.`,
          due: null,
          owner: one.lead,
          role: 'security',
          subject: one.id,
        },
      ];
    return one.steps.map((step) => ({
      key: `incident:${one.id}:${step.id}`,
      kind: 'incident',
      title: `${one.code}: ${step.title}`,
      why: `${one.drill ? 'A drill. ' : ''}${
        step.unproved
          ? 'It is done, and nothing shows yet that it worked.'
          : `${one.title}: ${count(one.steps.length + one.waiting, 'step is', 'steps are')} still open.`
      }`,
      due: step.due,
      late: step.late,
      owner: step.owner ?? one.lead,
      role: step.role,
      subject: one.id,
    }));
  });
}
// Guide: G7.2-00 G7.2-14
