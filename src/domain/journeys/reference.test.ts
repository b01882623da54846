import { expect, it } from 'vitest';
import type { ReferenceLine } from '../model/journey.ts';
import type { Evidence } from '../model/reading.ts';
import type { State, Verdict } from '../model/verdict.ts';
import { referenceStanding } from './reference.ts';

const line = (more: Partial<ReferenceLine>): ReferenceLine => ({
  id: 'GA-05',
  title: 'A line',
  section: '2.2',
  task: 'invite_staff',
  proof: ['CLA-CON-03', 'CLA-CON-05'],
  order: [],
  ...more,
});

const verdict = (control: string, state: State, kind: Evidence['kind'] = 'members'): Verdict => ({
  control,
  version: 1,
  state,
  reason: `${control} ${state}`,
  items: [],
  evidence: [{ kind, file: 'a', observedOn: '2026-11-24', says: 'it' }],
  question: null,
  due: null,
  goodUntil: null,
  rule: null,
  exception: null,
  tried: [],
});

function stateOf(more: Partial<ReferenceLine>, first: State, second: State, kind?: Evidence['kind']) {
  const [found] = referenceStanding(
    [line(more)],
    [verdict('CLA-CON-03', first, kind), verdict('CLA-CON-05', second, kind)],
  );
  return found;
}

it('is done only while all that applies holds', () => {
  expect(stateOf({}, 'pass', 'accepted')?.state).toBe('done');
  expect(stateOf({}, 'pass', 'not_applicable')?.state).toBe('done');
  expect(stateOf({}, 'not_applicable', 'not_applicable')?.state).toBe('not_applicable');
  for (const [state, is] of [
    ['fail', 'open'],
    ['cannot_read', 'cannot_read'],
    ['pending', 'pending'],
    ['not_licensed', 'not_licensed'],
    ['policy_only', 'policy_only'],
  ] as const)
    expect(stateOf({}, 'pass', state)?.state).toBe(is);
  // What was never decided was not read.
  expect(referenceStanding([line({})], [verdict('CLA-CON-03', 'pass')])[0]?.state).toBe('cannot_read');
});

it('says that the order was violated only for the check that is about the order', () => {
  expect(stateOf({ order: ['CLA-CON-03'] }, 'fail', 'fail')?.state).toBe('order_violated');
  expect(stateOf({ order: ['CLA-CON-03'] }, 'pass', 'fail')?.state).toBe('open');
  expect(stateOf({ order: ['CLA-CON-03'] }, 'cannot_read', 'pass')?.state).toBe('cannot_read');
});

it('asks for a case that was run through, where a list alone proves no doing', () => {
  expect(stateOf({ case: 'CLA-CON-05' }, 'pass', 'pass')).toMatchObject({ state: 'open', lacksCase: true });
  expect(stateOf({ case: 'CLA-CON-05' }, 'pass', 'pass', 'journal')).toMatchObject({
    state: 'done',
    lacksCase: false,
  });
});
