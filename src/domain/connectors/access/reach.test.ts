import { describe, expect, it } from 'vitest';
import { dana } from '../../rules/accounts/fixtures.ts';
import type { Given } from '../../testing/build.ts';
import { reachOf } from './reach.ts';
import { FOR_ALL, FULL, over, own, type Rowed } from './testing/scene.ts';

describe('what Claude reaches in the organization', () => {
  const reach = (rows: Rowed, parts: Given = {}) => {
    const { access, context } = over(rows, parts);
    return reachOf(access, context);
  };

  it('lists what is set and linked, with who linked it, and a reason for the rest', () => {
    const all = reach(FULL);
    expect(all.seats).toBe(2);
    expect(all.systems).toMatchObject([
      {
        name: 'SharePoint',
        links: { linked: [dana.name], not: 1, unknown: 0, why: null },
        reaches: { allow: ['Search content'], ask: ['Edit file'] },
        cannot: ['Delete item'],
        waits: { allow: [], ask: [] },
        unknown: [],
        closed: null,
      },
    ]);
    const nobody = reach({ ...FULL, permission_grants: [own('u-noor')] }).systems[0];
    expect(nobody).toMatchObject({ reaches: { allow: [], ask: [] }, closed: { state: 'closed' } });
    const wide = reach({ ...FULL, permission_grants: [FOR_ALL] }).systems[0];
    expect(wide).toMatchObject({
      reaches: { allow: [], ask: [] },
      waits: { allow: ['Search content'], ask: ['Edit file'] },
      cannot: ['Delete item'],
      links: { unknown: 2 },
    });
  });

  it('claims nothing if people or the table were not read, and says what is missing', () => {
    const { members: _members, connectors: _table, ...rest } = FULL;
    const charter = { connectors: [{ name: 'SharePoint', actions: { '*': 'blocked' } }] };
    const all = reach(rest, { charter });
    expect(all.systems[0]).toMatchObject({
      links: null,
      reaches: { allow: [], ask: [] },
      cannot: [],
      closed: null,
      unknown: expect.arrayContaining(['Search content', 'Edit file', 'Delete item']),
    });
    expect(all.asOf.find(({ kind }) => kind === 'members')).toMatchObject({
      on: null,
      why: expect.any(String),
    });
    expect(reach({}).systems).toEqual([]);
  });

  it('names connectors that are switched off and not approved', () => {
    const rows = { ...FULL, connectors: [{ connector: 'Asana', enabled: false }] };
    expect(reach(rows)).toMatchObject({ systems: [], off: [{ name: 'Asana', on: '2026-11-20' }] });
  });
});
// Guide: G3.1-00
