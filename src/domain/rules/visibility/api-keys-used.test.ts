import { describe, expect, it } from 'vitest';
import type { ActivityRow } from '../../model/kinds.ts';
import { reading, runRule } from '../../testing/build.ts';
import { apiKeysKnown } from './api-keys-known.ts';

const key = { id: 'apikey_1', name: 'Bylaw', active: true };
const run = (...events: Partial<ActivityRow>[]) =>
  runRule(
    apiKeysKnown,
    {},
    {
      charter: { approvedApiKeys: ['Bylaw'] },
      readings: {
        api_keys: [reading('api_keys', [key], { observedOn: '2026-11-20' })],
        activities: [reading('activities', events, { covers: { from: '2026-09-01', to: '2026-11-24' } })],
      },
    },
  );
const acts = (id: string, at = '2026-11-18T10:00:00Z', field = 'actor.api_key_id') => ({
  type: 'compliance_api_accessed',
  at,
  detail: { [field]: id },
});

it('does not pass if a key that is not on the list was used', () => {
  expect(run(acts('APIKEY_1')).state).toBe('pass');
  expect(run(acts('apikey_9'))).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('apikey_9 on Nov 18, 2026'),
  });
  expect(run(acts('apikey_9', undefined, 'actor.admin_api_key_id')).state).toBe('cannot_read');
  // Long before the list, and deleted since.
  expect(run(acts('apikey_9', '2026-10-01T10:00:00Z')).state).toBe('pass');
  const deleted = {
    type: 'scoped_api_key_deleted',
    at: '2026-11-19T10:00:00Z',
    detail: { api_key_id: 'apikey_9' },
  };
  expect(run(acts('apikey_9'), deleted).state).toBe('pass');
  expect(run(deleted, acts('apikey_9', '2026-11-21T10:00:00Z'))).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('apikey_9 on Nov 21, 2026'),
  });
});

it('does not take a key for approved that was made in place of another one of its name', () => {
  const state = (approved: string, inForceSince?: string) =>
    runRule(
      apiKeysKnown,
      {},
      {
        charter: { approvedApiKeys: [approved], ...(inForceSince === undefined ? {} : { inForceSince }) },
        readings: {
          api_keys: [
            reading('api_keys', [key], { observedOn: '2026-10-20', file: 'before.json' }),
            reading('api_keys', [{ ...key, id: 'apikey_2' }], { observedOn: '2026-11-20' }),
          ],
        },
      },
    );
  expect(state('Bylaw')).toMatchObject({
    state: 'cannot_read',
    code: 'visibility.api_keys_known.same_name',
    reason: expect.stringContaining('Bylaw (apikey_2)'),
  });
  expect(state('apikey_2').state).toBe('pass');
  // Approved after the other one was last listed.
  expect(state('Bylaw', '2026-11-01').state).toBe('pass');
});

it('counts a service key as a key', () => {
  const made = {
    type: 'service_key_created',
    at: '2026-11-22T10:00:00Z',
    detail: { service_key_id: 'sk_9' },
  };
  expect(run(made)).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('sk_9') });
  const ended = {
    type: 'service_key_revoked',
    at: '2026-11-23T10:00:00Z',
    detail: { service_key_id: 'sk_9' },
  };
  expect(run(made, ended).state).toBe('pass');
});
it('does not pass if a key that is not on the list was created', () => {
  const made = {
    type: 'admin_api_key_created',
    actorEmail: 'tess@alder.example.org',
    at: '2026-11-10T10:00:00Z',
    detail: { admin_api_key_id: 'apikey_9' },
  };
  expect(run(made)).toMatchObject({
    state: 'cannot_read',
    code: 'visibility.api_keys_known.made_and_not_listed',
    reason: expect.stringContaining('apikey_9'),
  });
  expect(run({ ...made, detail: { admin_api_key_id: 'apikey_1' } }).state).toBe('pass');
  const deleted = { ...made, type: 'admin_api_key_deleted', at: '2026-11-12T10:00:00Z' };
  expect(run(made, deleted).state).toBe('pass');
});

it('asks which key a name approves if an earlier one of that name is inactive', () => {
  const approvedBy = (approvedApiKeys: string[]) =>
    runRule(
      apiKeysKnown,
      {},
      {
        charter: { approvedApiKeys },
        readings: {
          api_keys: [reading('api_keys', [key, { id: 'apikey_0', name: 'bylaw', active: false }])],
        },
      },
    );
  expect(approvedBy(['Bylaw'])).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('Bylaw (apikey_1)'),
  });
  expect(approvedBy(['apikey_1']).state).toBe('pass');
});
// Guide: G1.1-10 G5.2-00

describe('a change of an approved key', () => {
  const changed = (at: string, updates: unknown, type = 'scoped_api_key_updated') => ({
    type,
    at,
    detail: {
      [type === 'admin_api_key_updated' ? 'admin_api_key_id' : 'api_key_id']: 'apikey_1',
      ...(updates === undefined ? {} : { updates }),
    },
  });
  const scopes = (before: string[], now: string[]) => [
    { type: 'scopes', previous_value: before, current_value: now },
  ];

  it.each(['scoped_api_key_updated', 'admin_api_key_updated', 'platform_api_key_updated'])(
    'is asked about if it gave the key more: %s',
    (type) =>
      expect(run(changed('2026-11-10T10:00:00Z', scopes(['a'], ['a', 'b']), type))).toMatchObject({
        state: 'cannot_read',
        code: 'visibility.api_keys_known.approved_changed',
        reason: expect.stringContaining('apikey_1 on Nov 10, 2026 (now also has b)'),
      }),
  );
  it('is settled if it gave the key no more, or changed only its name', () => {
    expect(run(changed('2026-11-22T10:00:00Z', scopes(['a', 'b'], ['a']))).state).toBe('pass');
    expect(run(changed('2026-11-22T10:00:00Z', [{ type: 'name', current_value: 'B' }])).state).toBe('pass');
  });
  it('is asked about after the list if the event does not say what it changed', () => {
    for (const updates of [undefined, [], [{ type: 'scopes', current_value: 'all' }], [{ type: 'role' }]])
      expect(run(changed('2026-11-22T10:00:00Z', updates)).state).toBe('cannot_read');
    expect(run(changed('2026-11-12T10:00:00Z', [])).state).toBe('pass');
  });
});
