import { expect, it } from 'vitest';
import { lintPlaybook } from './lint-playbooks.ts';
import { sharedCatalogue } from './testing/shared.ts';

it('lets no step that follows permissions be without a way to leave it out', () => {
  const { playbooks } = sharedCatalogue();
  const faults = (leaveOut?: 'never') =>
    playbooks.flatMap((playbook) => {
      const said: string[] = [];
      const steps = playbook.steps.map((step) => (leaveOut === undefined ? step : { ...step, leaveOut }));
      const none = new Set<string>();
      const known = { guide: none, controls: none, capabilities: none, detections: none, clauses: none };
      lintPlaybook({ ...playbook, steps }, known as Parameters<typeof lintPlaybook>[1], (says) =>
        said.push(says),
      );
      return said.filter((says) => says.includes('can be left out')).map(() => playbook.id);
    });
  expect(faults()).toEqual([]);
  expect(faults('never').sort()).toEqual(['agent_action', 'tool_changed']);
});
// Guide: G7.2-20
