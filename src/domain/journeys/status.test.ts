import { expect, it } from 'vitest';
import type { Journey } from '../model/journey.ts';
import type { State, Verdict } from '../model/verdict.ts';
import { journeyStatus } from './status.ts';

const task = (id: string, proof: string[], after: string[] = [], gate = false): Journey['tasks'][number] => ({
  id,
  title: id,
  action: id,
  phase: 'before',
  who: 'IT lead',
  minutes: 5,
  why: 'It matters.',
  guide: [],
  after,
  gate,
  onFile: [],
  at: [{ place: 'here', as: 'anyone' }],
  result: 'It is so.',
  otherwise: [{ when: 'It is not', do: 'Do it.' }],
  proof,
  writes: [],
  copies: [],
});
const journey: Journey = {
  id: 'deployment',
  title: 'Deployment',
  phases: [{ id: 'before', title: 'Before' }],
  places: [{ id: 'here', title: 'Here', open: 'Stay.' }],
  tasks: [
    task('locked_down', ['CLA-CON-04', 'CLA-CON-15']),
    task('told', ['CLA-SHA-11']),
    task('invite', ['CLA-CON-03'], ['locked_down', 'told']),
  ],
  reference: [],
  immediate: [],
  dnsHosts: [],
};

function status(
  states: Record<string, State>,
  overrides: { task: string; approved: boolean }[] = [],
  of: Journey = journey,
) {
  const verdicts = Object.entries(states).map(
    ([control, state]): Verdict => ({
      control,
      version: 1,
      state,
      code: 'tested',
      params: {},
      asks: [],
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
  const { tasks, completion: _, ...rest } = journeyStatus(of, verdicts, overrides);
  return { ...rest, states: tasks.map(({ state }) => state), waitsFor: tasks[2]?.waitsFor };
}

it('opens a waiting task only when everything it waits for is proved', () => {
  const good = { 'CLA-CON-04': 'pass', 'CLA-CON-15': 'accepted', 'CLA-CON-03': 'cannot_read' } as const;
  expect(status({ ...good, 'CLA-SHA-11': 'pass' })).toEqual({
    states: ['proved', 'proved', 'cannot_read'],
    waitsFor: [],
    proved: 2,
    of: 3,
    next: 'invite',
  });
  for (const state of ['fail', 'cannot_read', 'pending'] as const)
    expect(status({ ...good, 'CLA-SHA-11': state })).toMatchObject({
      states: ['proved', state === 'fail' ? 'fails' : state, 'locked'],
      waitsFor: ['told'],
      next: 'told',
    });
});

it('counts nothing as proved without a verdict on every control', () => {
  expect(status({ 'CLA-CON-04': 'pass' }).states).toEqual(['cannot_read', 'cannot_read', 'locked']);
});

it('leaves out what the client does not need, and it blocks nothing', () => {
  expect(
    status({
      'CLA-CON-04': 'not_applicable',
      'CLA-CON-15': 'not_applicable',
      'CLA-SHA-11': 'pass',
      'CLA-CON-03': 'pass',
    }),
  ).toEqual({ states: ['not_needed', 'proved', 'proved'], waitsFor: [], proved: 2, of: 2, next: null });
});

it('lifts a lock only when a second person agrees, and shows what is proved despite a lock', () => {
  const bad = { 'CLA-CON-04': 'fail', 'CLA-CON-15': 'pass', 'CLA-SHA-11': 'pass' } as const;
  const asked = status({ ...bad, 'CLA-CON-03': 'cannot_read' }, [{ task: 'invite', approved: false }]);
  expect(asked.states[2]).toBe('locked');
  const agreed = status({ ...bad, 'CLA-CON-03': 'cannot_read' }, [{ task: 'invite', approved: true }]);
  expect(agreed.states[2]).toBe('cannot_read');
  expect(status({ ...bad, 'CLA-CON-03': 'pass' }).states[2]).toBe('proved');
});

it('keeps a gate locked until everything before it is proved, even if its own controls pass', () => {
  const gated: Journey = {
    ...journey,
    tasks: [
      task('told', ['CLA-SHA-11']),
      task('invite', ['CLA-CON-03'], ['told'], true),
      task('moved', ['CLA-SHA-03'], ['invite']),
    ],
  };
  const states = { 'CLA-CON-03': 'pass', 'CLA-SHA-03': 'cannot_read' } as const;
  const all = (reported: State, overrides: { task: string; approved: boolean }[] = []) =>
    status({ ...states, 'CLA-SHA-11': reported }, overrides, gated);
  for (const reported of ['fail', 'cannot_read', 'pending'] as const) {
    expect(all(reported).states.slice(1)).toEqual(['locked', 'locked']);
    expect(all(reported).proved).toBe(0);
    expect(all(reported, [{ task: 'invite', approved: true }]).states.slice(1)).toEqual([
      'proved',
      'cannot_read',
    ]);
  }
  for (const reported of ['pass', 'accepted', 'policy_only', 'not_licensed', 'not_applicable'] as const)
    expect(all(reported).states.slice(1)).toEqual(['proved', 'cannot_read']);
});

it('does not wait for what the plan or the technology cannot do', () => {
  const good = { 'CLA-CON-04': 'pass', 'CLA-CON-15': 'pass' } as const;
  for (const state of ['not_licensed', 'policy_only'] as const) {
    expect(status({ ...good, 'CLA-SHA-11': state, 'CLA-CON-03': 'cannot_read' })).toMatchObject({
      states: ['proved', state, 'cannot_read'],
      waitsFor: [],
      next: 'invite',
    });
    // A task that cannot be proved is not work that a lock could hold up.
    expect(status({ ...good, 'CLA-SHA-11': 'fail', 'CLA-CON-03': state }).states).toEqual([
      'proved',
      'fails',
      state,
    ]);
    // As long as part of a task can be done it is work, even if the rest is not licensed.
    expect(status({ 'CLA-CON-04': state, 'CLA-CON-15': 'cannot_read', 'CLA-SHA-11': 'pass' }).states).toEqual(
      ['cannot_read', 'proved', 'locked'],
    );
  }
});

it('is complete when nothing is left to do, and counts what is not proved separately', () => {
  const completion = (states: Record<string, State>) =>
    journeyStatus(
      journey,
      Object.entries(states).map(([control, state]) => ({ control, state })),
      [],
    ).completion;
  const rest = { 'CLA-CON-04': 'pass', 'CLA-CON-15': 'accepted', 'CLA-SHA-11': 'policy_only' } as const;
  expect(completion({ ...rest, 'CLA-CON-03': 'not_licensed' })).toEqual({
    complete: true,
    proved: 1,
    notNeeded: 0,
    notLicensed: 1,
    policyOnly: 1,
    open: 0,
    locked: 0,
  });
  expect(completion({ ...rest, 'CLA-CON-03': 'pending' })).toMatchObject({ complete: false, open: 1 });
  expect(completion({})).toMatchObject({ complete: false, proved: 0, open: 2, locked: 1 });
  expect(completion({ ...rest, 'CLA-SHA-11': 'not_applicable', 'CLA-CON-03': 'pass' })).toMatchObject({
    complete: true,
    proved: 2,
    notNeeded: 1,
  });
});
// Guide: G0-03 G2-00 G2.1-00
