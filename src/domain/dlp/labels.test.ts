import { expect, it } from 'vitest';
import { labelledRules, type RuleLabel } from './labels.ts';

const labels = (rule: string, as: RuleLabel['as'], ...hits: number[]): RuleLabel[] =>
  hits.map((one) => ({ rule, as, hits: one }));

it('counts right and false alarms by rule, and proposes changes that lose no right ones', () => {
  const found = labelledRules([
    ...labels('phone', 'right', 30, 40),
    ...labels('phone', 'false_alarm', 10, 11, 12, 13, 35),
    ...labels('account', 'false_alarm', 1, 1, 1, 1, 1),
    ...labels('mail', 'right', 12),
    ...labels('mail', 'false_alarm', 12, 13, 14, 15, 16),
    ...labels('ssn', 'right', 1, 1, 1, 1),
    ...labels('ssn', 'false_alarm', 1),
    ...labels('card', 'false_alarm', 1),
  ]);
  expect(found.map(({ rule, proposal }) => [rule, proposal])).toEqual([
    ['account', { do: 'turn_off' }],
    ['card', null],
    ['mail', { do: 'allow_values' }],
    ['phone', { do: 'raise_threshold', to: 30 }],
    ['ssn', null],
  ]);
  expect(found.find(({ rule }) => rule === 'ssn')).toMatchObject({
    right: 4,
    falseAlarms: 1,
    precision: 0.8,
  });
});

it('proposes nothing that is already set, and otherwise goes by the remaining alerts', () => {
  const all = [
    ...labels('phone', 'right', 30, 40),
    ...labels('phone', 'false_alarm', 10, 11, 12, 13, 35),
    ...labels('account', 'false_alarm', 1, 1, 1, 1, 1),
  ];
  const proposed = (atLeast: number, off: boolean) =>
    labelledRules(all, () => ({ atLeast, off })).map(({ rule, proposal }) => [rule, proposal?.do ?? null]);
  expect(proposed(30, false)).toEqual([
    ['account', null],
    ['phone', null],
  ]);
  expect(proposed(1, true)).toEqual([
    ['account', null],
    ['phone', null],
  ]);
  expect(proposed(2, false)).toEqual([
    ['account', null],
    ['phone', 'raise_threshold'],
  ]);
});
// Guide: G7.2-16
