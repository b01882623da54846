import { expect, it } from 'vitest';
import type { Journey } from '../model/journey.ts';
import type { State, Verdict } from '../model/verdict.ts';
import { journeyStanding } from './standing.ts';

const task = (id: string, proof: string[], after: string[] = []): Journey['tasks'][number] => ({
  id,
  title: id,
  action: id,
  phase: 'before',
  who: 'IT lead',
  minutes: 5,
  why: 'It matters.',
  guide: [],
  after,
  proof,
  copies: [],
});
const journey: Journey = {
  id: 'deployment',
  title: 'Deployment',
  phases: [{ id: 'before', title: 'Before' }],
  tasks: [
    task('locked_down', ['CLA-CON-04', 'CLA-CON-15']),
    task('told', ['CLA-SHA-11']),
    task('invite', ['CLA-CON-03'], ['locked_down', 'told']),
  ],
};

function standing(states: Record<string, State>, overrides: { task: string; approved: boolean }[] = []) {
  const verdicts = Object.entries(states).map(
    ([control, state]): Verdict => ({
      control,
      version: 1,
      state,
      reason: state,
      items: [],
      evidence: [],
      question: null,
      due: null,
      goodUntil: null,
      rule: null,
      exception: null,
      tried: [],
    }),
  );
  const { tasks, ...rest } = journeyStanding(journey, verdicts, overrides);
  return { ...rest, states: tasks.map(({ state }) => state), waitsFor: tasks[2]?.waitsFor };
}

it('opens what waits only once all that it waits for is proved', () => {
  const good = { 'CLA-CON-04': 'pass', 'CLA-CON-15': 'accepted', 'CLA-CON-03': 'cannot_read' } as const;
  expect(standing({ ...good, 'CLA-SHA-11': 'pass' })).toEqual({
    states: ['proved', 'proved', 'cannot_read'],
    waitsFor: [],
    proved: 2,
    of: 3,
    next: 'invite',
  });
  for (const state of ['fail', 'cannot_read', 'pending', 'not_licensed', 'policy_only'] as const)
    expect(standing({ ...good, 'CLA-SHA-11': state })).toMatchObject({
      states: ['proved', state === 'fail' ? 'fails' : state, 'locked'],
      waitsFor: ['told'],
      next: 'told',
    });
});

it('takes nothing for proved without a verdict on every control', () => {
  expect(standing({ 'CLA-CON-04': 'pass' }).states).toEqual(['cannot_read', 'cannot_read', 'locked']);
});

it('leaves out what the client does not need, and lets it hold up nothing', () => {
  expect(
    standing({
      'CLA-CON-04': 'not_applicable',
      'CLA-CON-15': 'not_applicable',
      'CLA-SHA-11': 'pass',
      'CLA-CON-03': 'pass',
    }),
  ).toEqual({ states: ['not_needed', 'proved', 'proved'], waitsFor: [], proved: 2, of: 2, next: null });
});

it('lifts a lock only when a second person agreed, and says what is proved in spite of a lock', () => {
  const bad = { 'CLA-CON-04': 'fail', 'CLA-CON-15': 'pass', 'CLA-SHA-11': 'pass' } as const;
  const asked = standing({ ...bad, 'CLA-CON-03': 'cannot_read' }, [{ task: 'invite', approved: false }]);
  expect(asked.states[2]).toBe('locked');
  const agreed = standing({ ...bad, 'CLA-CON-03': 'cannot_read' }, [{ task: 'invite', approved: true }]);
  expect(agreed.states[2]).toBe('cannot_read');
  expect(standing({ ...bad, 'CLA-CON-03': 'pass' }).states[2]).toBe('proved');
});
