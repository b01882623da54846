import { expect, it } from 'vitest';
import type { Outlier } from './baseline.ts';
import { alertWords } from './words.ts';

const NUMBERS = { count: 1, first: 0, last: 0, values: null, outlier: null };

it('names the first of several fields that the event has, and says so if it has none', () => {
  const message = 'Granted {role|role_id} to {target_id|principal_id}.';
  const of = (sample: Record<string, string | null>) => alertWords(message, sample, NUMBERS);
  expect(of({ role: 'workspace_admin', role_id: null, target_id: 'user_2', principal_id: null })).toBe(
    'Granted workspace_admin to user_2.',
  );
  expect(of({ role: null, role_id: 'rbac_role_1', target_id: null, principal_id: 'user_3' })).toBe(
    'Granted rbac_role_1 to user_3.',
  );
  expect(of({})).toContain('to something that the source does not name');
});

it('lists the unusual hours of a day like any other list', () => {
  const outlier: Outlier = {
    person: 'jane@example.org',
    day: '2026-11-24',
    hours: [9, 11, 12, 20],
    count: 4,
    limit: 0,
    usual: 0,
    people: 1,
    days: 28,
    against: 'calendar',
  };
  expect(alertWords('Used Claude from {hours}.', {}, { ...NUMBERS, outlier })).toBe(
    'Used Claude from 9:00 AM to 10:00 AM, 11:00 AM to 1:00 PM and 8:00 PM to 9:00 PM.',
  );
});
