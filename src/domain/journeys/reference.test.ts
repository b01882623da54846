import { expect, it } from 'vitest';
import type { ReferenceLine } from '../model/journey.ts';
import type { Evidence } from '../model/reading.ts';
import type { State, Verdict } from '../model/verdict.ts';
import { type AsApproved, referenceStatus } from './reference.ts';

const line = (more: Partial<ReferenceLine>): ReferenceLine => ({
  id: 'GA-05',
  title: 'A line',
  section: '2.2',
  task: 'invite_staff',
  proof: ['CLA-CON-03', 'CLA-CON-05'],
  order: [],
  asApproved: false,
  ...more,
});

const verdict = (control: string, state: State, kind: Evidence['kind'] = 'members'): Verdict => ({
  control,
  version: 1,
  state,
  code: 'tested',
  params: {},
  asks: [],
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

function stateOf(
  more: Partial<ReferenceLine>,
  first: State,
  second: State,
  kind?: Evidence['kind'],
  approved: AsApproved = { less: [], unreported: [] },
) {
  const [found] = referenceStatus(
    [line(more)],
    [verdict('CLA-CON-03', first, kind), verdict('CLA-CON-05', second, kind)],
    approved,
  );
  return found;
}

it('is done only while everything that applies passes', () => {
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
  // A control without a verdict counts as unread.
  expect(
    referenceStatus([line({})], [verdict('CLA-CON-03', 'pass')], { less: [], unreported: [] })[0]?.state,
  ).toBe('cannot_read');
});

it('reports a violated order only for the control about the order', () => {
  expect(stateOf({ order: ['CLA-CON-03'] }, 'fail', 'fail')?.state).toBe('order_violated');
  expect(stateOf({ order: ['CLA-CON-03'] }, 'pass', 'fail')?.state).toBe('open');
  expect(stateOf({ order: ['CLA-CON-03'] }, 'cannot_read', 'pass')?.state).toBe('cannot_read');
});

it('asks for a completed case if a list alone does not prove the work', () => {
  expect(stateOf({ case: 'CLA-CON-05' }, 'pass', 'pass')).toMatchObject({ state: 'open', lacksCase: true });
  expect(stateOf({ case: 'CLA-CON-05' }, 'pass', 'pass', 'journal')).toMatchObject({
    state: 'done',
    lacksCase: false,
  });
});

it('accepts a case that was completed here', () => {
  const at = (ran: readonly string[]) =>
    referenceStatus(
      [line({ case: 'CLA-CON-05' })],
      [verdict('CLA-CON-03', 'pass'), verdict('CLA-CON-05', 'pass')],
      { less: [], unreported: [] },
      new Set(),
      new Set(ran),
    )[0];
  expect(at([])).toMatchObject({ state: 'open', lacksCase: true });
  expect(at(['CLA-CON-05'])).toMatchObject({ state: 'done', lacksCase: false });
});

it('asks for the schedule of a recurring task in addition to work done once', () => {
  const at = (scheduled: readonly string[], state: State = 'pass') =>
    referenceStatus(
      [line({ schedule: 'monthly_look' })],
      [verdict('CLA-CON-03', state), verdict('CLA-CON-05', state)],
      { less: [], unreported: [] },
      new Set(scheduled),
    )[0];
  expect(at([])).toMatchObject({ state: 'open', lacksSchedule: true });
  expect(at(['quarterly_review'])).toMatchObject({ state: 'open' });
  expect(at(['monthly_look'])).toMatchObject({ state: 'done', lacksSchedule: false });
  expect(at([], 'cannot_read')).toMatchObject({ state: 'cannot_read', lacksSchedule: false });
});

it('is not done while something approved is missing or not reported', () => {
  const at = (approved: AsApproved, second: State = 'pass') =>
    stateOf({ asApproved: true }, 'pass', second, 'connectors', approved)?.state;
  const less = ['Asana is not on.'];
  expect(at({ less: [], unreported: [] })).toBe('done');
  expect(at({ less, unreported: [] })).toBe('less_than_approved');
  expect(at({ less, unreported: ['Slack'] })).toBe('less_than_approved');
  expect(at({ less: [], unreported: ['Slack'] })).toBe('cannot_read');
  // A wider or unread control takes precedence.
  expect(at({ less, unreported: [] }, 'fail')).toBe('open');
  expect(at({ less, unreported: [] }, 'cannot_read')).toBe('cannot_read');
  expect(stateOf({}, 'pass', 'pass', 'connectors', { less, unreported: [] })?.state).toBe('done');
});
// Guide: GA-00 GA-01 GA-02 GA-03 GA-04 GA-05 GA-06 GA-07 GA-08 GA-09 GA-10 GA-11 GA-12 GA-13 GA-14 GA-15
// Guide: GA-16
