import { expect, it } from 'vitest';
import { alertWords } from './words.ts';

const NUMBERS = { count: 1, first: 0, last: 0, values: null, outlier: null };

it('names the first of several fields that the event carries, and says where it carries none', () => {
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
