import { expect, it } from 'vitest';
import { remediationSchema } from '#domain/model/catalogue.ts';
import { lintPlaybook } from './lint-playbooks.ts';
import { sharedCatalogue } from './testing/shared.ts';

it('lets no step that follows permissions be without a way to leave it out', () => {
  const none = new Set<string>();
  const known = { guide: none, controls: none, capabilities: none, detections: none, clauses: none };
  type Playbook = ReturnType<typeof sharedCatalogue>['playbooks'][number];
  const faults = (playbook: Playbook): number => {
    let count = 0;
    lintPlaybook(playbook, known as Parameters<typeof lintPlaybook>[1], () => (count += 1));
    return count;
  };
  // The playbooks name what is not known here, with and without the change: what counts is the fault that it adds.
  const worse = sharedCatalogue().playbooks.filter((playbook) => {
    const steps = playbook.steps.map((step) => ({ ...step, leaveOut: 'never' as const }));
    return faults({ ...playbook, steps }) > faults(playbook);
  });
  expect(worse.map(({ id }) => id).sort()).toEqual(['agent_action', 'tool_changed']);
});

it('takes an instruction only as whole sentences, so that lists of them are even', () => {
  const read = (text: string) =>
    remediationSchema.safeParse({ minutes: 5, who: 'IT admin', steps: [{ do: text }] }).error?.issues ?? [];
  expect(read('Open the list. Remove who has left.')).toEqual([]);
  expect(read('Open the list. Remove who has left')).toMatchObject([
    { path: ['steps', 0, 'do'], message: 'is an instruction and ends with a period' },
  ]);
});
// Guide: G7.2-20
