import { expect, it } from 'vitest';
import { diff } from '#domain/diff/diff.ts';
import { changeWords } from './change-words.ts';

it('says what a record changed without the marks of JSON', () => {
  const before = { owner: 'Dana', tools: { asana: true }, until: null };
  const after = { owner: 'Noor', tools: { asana: false, canCallBack: ['a', 'b'] }, until: '2026-12-31' };
  expect(changeWords(diff(before, after))?.split('\n').sort()).toEqual([
    'Owner: “Dana” → “Noor”',
    'Tools › asana: yes → no',
    'Tools › can call back › 1: “a”',
    'Tools › can call back › 2: “b”',
    'Until: “2026-12-31”',
  ]);
});

it('lists what was added or removed as a whole, value by value', () => {
  const report = { asOf: '2026-12-03', counts: { fail: 28, cannot_read: 20 }, notes: [] };
  expect(changeWords(diff(null, report))).toBe(
    'As of: “2026-12-03”\nCounts › fail: 28\nCounts › cannot read: 20\nNotes: none',
  );
  expect(changeWords(diff({ name: 'A' }, null))).toBe('Name: “A” (removed)');
  expect(changeWords(diff(report, report))).toBeNull();
});

it('names at most twenty values and how many more there are', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, at]));
  expect(changeWords(diff(null, many))?.split('\n')).toHaveLength(21);
  expect(changeWords(diff(null, many))).toContain('and 30 more');
});
