import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../testing/cases.ts';
import {
  CLIENT_PERMISSIONS,
  explainPermissions,
  type Grant,
  isFullOwner,
  mayGrant,
  mayManage,
  PERMISSIONS,
  permissionsOf,
  ROLES,
} from './permissions.ts';
import { allow, deny } from './testing/grants.ts';

const CLIENTS = ['alder', 'harrow', 'third'] as const;
const place = fc.constantFrom<string | null>(null, ...CLIENTS);
const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  fc
    .record({ role: fc.constantFrom(...ROLES), client: place })
    .map(({ role, client }) => allow(role, client)),
  fc
    .record({ permission: fc.constantFrom(null, ...PERMISSIONS), client: place })
    .map(({ permission, client }) => deny(permission, client)),
);
const anyGrants = fc.array(anyGrant, { maxLength: 6 });

function held(grants: readonly Grant[], client: string | null): string[] {
  return [...permissionsOf(grants, client)].sort();
}

describe('properties of grants', () => {
  it('lets a deny win over any allow', () => {
    fc.assert(
      fc.property(
        anyGrants,
        place,
        fc.constantFrom(null, ...PERMISSIONS),
        place,
        (grants, at, permission, where) => {
          const denied = permissionsOf([...grants, deny(permission, at)], where);
          if (at !== null && at !== where) return;
          if (permission === null) expect([...denied]).toEqual([]);
          else expect(denied.has(permission)).toBe(false);
        },
      ),
    );
  });

  it('does not depend on the order or on repetition', () => {
    fc.assert(
      fc.property(
        anyGrants.chain((grants) =>
          fc.tuple(fc.constant(grants), fc.shuffledSubarray(grants, { minLength: grants.length })),
        ),
        place,
        ([grants, shuffled], where) => {
          expect(held(shuffled, where)).toEqual(held(grants, where));
          expect(held([...grants, ...grants], where)).toEqual(held(grants, where));
        },
      ),
    );
  });

  it('gives nothing at a client through grants for other clients', () => {
    fc.assert(
      fc.property(anyGrants, (grants) => {
        const elsewhere = grants.filter((grant) => grant.client !== null && grant.client !== 'alder');
        expect(held(elsewhere, 'alder')).toEqual([]);
        expect(held(elsewhere, null)).toEqual([]);
      }),
    );
  });

  it('gives no permission of the workspace at a client', () => {
    fc.assert(
      fc.property(anyGrants, fc.constantFrom(...CLIENTS), (grants, client) => {
        for (const permission of permissionsOf(grants, client))
          expect(CLIENT_PERMISSIONS).toContain(permission);
      }),
    );
  });

  it('never lets a person give more than they hold', () => {
    fc.assert(
      fc.property(anyGrants, anyGrants, anyGrant, place, (own, theirs, grant, where) => {
        fc.pre(mayGrant(own, grant) && grant.effect === 'allow');
        const before = permissionsOf(theirs, where);
        const gained = [...permissionsOf([...theirs, grant], where)].filter((one) => !before.has(one));
        const mine = permissionsOf(own, where);
        expect(gained.filter((one) => !mine.has(one))).toEqual([]);
      }),
      { numRuns: cases(2000) },
    );
  });

  it('never lets a person give what they do not hold by removing a deny', () => {
    fc.assert(
      fc.property(anyGrants, anyGrants, anyGrant, place, (own, theirs, grant, where) => {
        fc.pre(mayGrant(own, grant) && grant.effect === 'deny');
        const before = permissionsOf([...theirs, grant], where);
        const gained = [...permissionsOf(theirs, where)].filter((one) => !before.has(one));
        const mine = permissionsOf(own, where);
        expect(gained.filter((one) => !mine.has(one))).toEqual([]);
      }),
      { numRuns: cases(2000) },
    );
  });

  it('explains each permission the way it is decided', () => {
    fc.assert(
      fc.property(anyGrants, place, (grants, where) => {
        const may = permissionsOf(grants, where);
        for (const { permission, allowed, because } of explainPermissions(grants, where)) {
          expect(allowed).toBe(may.has(permission));
          if (allowed) expect(because?.effect).toBe('allow');
          if (!allowed && because !== null) expect(because.effect).toBe('deny');
        }
      }),
    );
  });
});

describe('who may give', () => {
  it('lets a client admin give roles of their own client and no other, and none that overrides a deployment', () => {
    const own = [allow('client_admin', 'alder')];
    expect(ROLES.filter((role) => mayGrant(own, allow(role, 'alder')))).toEqual([
      'client_admin',
      'hr',
      'auditor',
      'staff',
    ]);
    expect(ROLES.filter((role) => mayGrant(own, allow(role, 'harrow')))).toEqual([]);
    expect(ROLES.filter((role) => mayGrant(own, allow(role)))).toEqual([]);
  });

  it('lets an owner give everything, and technicians, HR, auditors, investigators and staff nothing', () => {
    expect(ROLES.every((role) => mayGrant([allow('owner')], allow(role)))).toBe(true);
    for (const role of ['technician', 'hr', 'auditor', 'investigator', 'staff'] as const)
      expect(ROLES.filter((given) => mayGrant([allow(role)], allow(given, 'alder')))).toEqual([]);
  });

  it('does not let an owner who is denied a client give it through a role for all clients', () => {
    const own = [allow('owner'), deny(null, 'alder')];
    expect(mayGrant(own, allow('auditor'))).toBe(false);
    expect(mayGrant(own, allow('auditor', 'harrow'))).toBe(true);
  });

  it('does not let a client admin shut the owner out, but lets them manage an equal', () => {
    const own = [allow('client_admin', 'alder')];
    expect(mayManage(own, [allow('owner')], { client: 'alder' })).toBe(false);
    expect(mayManage(own, [allow('client_admin', 'alder')], { client: 'alder' })).toBe(true);
    expect(mayManage([allow('owner')], [allow('owner')], 'everywhere')).toBe(true);
  });

  it('does not count a person who is denied anything as a full owner', () => {
    expect(isFullOwner([allow('owner')])).toBe(true);
    expect(isFullOwner([allow('owner', 'alder')])).toBe(false);
    expect(isFullOwner([allow('owner'), deny('reports.make', 'alder')])).toBe(false);
  });
});
