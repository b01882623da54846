import { describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import { assessing } from './assessing.ts';
import { importOne } from './support.ts';

const actor = (n: number) => ({ type: 'user_actor', email: `p${n}@alder.example.org`, name: `Person ${n}` });
const period = { starting_at: '2026-11-01T00:00:00Z', ending_at: '2026-11-02T00:00:00Z' };

/** A valid entry of each list, and odd ones. */
const LISTS: Readonly<Partial<Record<Kind, { right: (n: number) => object; odd: readonly unknown[] }>>> = {
  members: {
    right: (n) => ({ type: 'user', id: `u${n}`, email: `p${n}@alder.example.org`, name: 'P', role: 'user' }),
    odd: [{ type: 'user', id: 'u9', role: 'owner' }, 'text', { type: 'robot' }],
  },
  usage: {
    right: (n) => ({ actor: actor(n), ...period, amount: '125.50', list_amount: '200', currency: 'USD' }),
    odd: [
      { actor: actor(9), amount: '1', starting_at: 'yesterday', ending_at: 'today' },
      null,
      { amount: '3' },
    ],
  },
  claude_roles: {
    right: (n) => ({ id: `rbac_role_${n}`, name: `Role ${n}`, permissions: [] }),
    odd: [{ name: 'No id', permissions: [] }, 7, { id: 12 }],
  },
  claude_groups: {
    right: (n) => ({ id: `rbac_group_${n}`, name: `Group ${n}`, members: [{ user_id: 'u1' }] }),
    odd: [{ name: 'No id', members: [] }, 'x', { id: 'rbac_group_9', members: [{ nobody: true }] }],
  },
  api_keys: {
    right: (n) => ({ id: `k${n}`, type: 'compliance_api_key', name: 'Key', scopes: ['a'], is_active: true }),
    odd: [
      { type: 'compliance_api_key', name: 'No id', scopes: [] },
      [],
      { id: 'k9', scopes: [1], is_active: true },
    ],
  },
  analytics_users: {
    right: (n) => ({ user: { id: `u${n}` }, chat_metrics: { message_count: n } }),
    odd: [{ user: 'nobody', chat_metrics: {} }, true, {}],
  },
  analytics_connectors: {
    right: (n) => ({ connector_name: `c${n}`, read_call_count: 1, distinct_user_count: 1 }),
    odd: [{ read_call_count: 1 }, 'c', {}],
  },
};

describe('a list with one odd entry', () => {
  const cases = Object.entries(LISTS).flatMap(([kind, { right, odd }]) =>
    odd.flatMap((one, index) => [
      [kind as Kind, index, 'first', [one, right(1), right(2), right(3)]] as const,
      [kind as Kind, index, 'last', [right(1), right(2), right(3), one]] as const,
    ]),
  );
  it.each(cases)(
    'of %s (%i, %s) is read without it, says so, and is not whole',
    async (kind, _, __, data) => {
      const { report, readings } = await importOne('answer.json', JSON.stringify({ data, has_more: false }));
      expect(report).toMatchObject({ outcome: 'taken', kind });
      expect(report.notes.some(({ row }) => row !== null)).toBe(true);
      const [reading] = readings[kind] ?? [];
      expect(reading?.complete).toBe(false);
      expect(reading?.rows.length).toBeGreaterThanOrEqual(3);
    },
  );

  it('gives what each person cost in dollars, and no figure for what cannot be read', async () => {
    const data = [
      { actor: actor(1), ...period, amount: '125.50', list_amount: '200', currency: 'USD' },
      { actor: actor(2), ...period, amount: '99', currency: 'EUR' },
      { actor: actor(3), ...period, amount: 'much', currency: 'USD' },
    ];
    const { readings, report } = await importOne('costs.json', JSON.stringify({ data, has_more: false }));
    expect(readings.usage?.[0]?.rows.map(({ netUsd, grossUsd }) => [netUsd, grossUsd])).toEqual([
      [1.255, 2],
      [null, null],
      [null, null],
    ]);
    expect(report.notes.map(({ row, column }) => [row, column])).toEqual([
      [2, 'amount'],
      [3, 'amount'],
    ]);
  });

  it('decides no setting that the odd one may be, and every other', async () => {
    const settings = (odd: object) =>
      assessing({
        files: {
          'settings.json': JSON.stringify({
            type: 'effective_organization_settings',
            organization_id: 'o1',
            settings: [{ name: 'scim_enabled', type: 'boolean', value: true }, odd],
          }),
        },
        profile: { claudePlan: 'enterprise' },
      });
    const right = await settings({ name: 'sso_claude_ai_enforced', type: 'boolean', value: true });
    const sso = 'CLA-ACC-14';
    expect(right.verdict(sso).state).toBe('pass');
    const nameless = await settings({ type: 'boolean', value: true });
    expect(nameless.verdict(sso)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('has no name and may be this one'),
    });
    const empty = await settings({ name: 'sso_claude_ai_enforced', type: 'boolean' });
    expect(empty.verdict(sso).reason).toContain('gives no value');
  });
});
