import { expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { activityOf, restOf } from './row.ts';

const EMAIL = 'dana@kestrel.example';

it.each([
  [EMAIL, EMAIL],
  [EMAIL, 'Dana@kestrel.example'],
  [EMAIL, null],
  [null, EMAIL],
  [null, null],
])('gives back the person %s with the address %s, and writes an address once', (person, email) => {
  const activity = anActivity({ person, actor: { type: 'user', id: null, email, name: null } });
  const { actor, ...columns } = activity;
  const rest = restOf(activity);
  expect(JSON.stringify(rest).includes(EMAIL)).toBe(email === EMAIL && person !== EMAIL);
  const row = {
    ...columns,
    client_id: 'a',
    seq: 1,
    at: new Date(activity.at),
    received_at: new Date(activity.at),
    rest: JSON.parse(JSON.stringify(rest)),
  };
  expect(activityOf(row)).toMatchObject({ person, actor });
  // A row from before, which has the address where it always was.
  const before = { ...row, rest: { ...row.rest, actor: { email: 'before@kestrel.example' } } };
  expect(activityOf(before).actor.email).toBe('before@kestrel.example');
});
