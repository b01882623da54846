import { beforeAll, describe, expect, it } from 'vitest';
import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Reading, Readings } from '#domain/model/reading.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { findRule } from '#domain/rules/index.ts';
import { readProfile } from '#features/assess/profile.ts';
import { momentOf } from '#features/shared/moment.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { importFolder } from '#sources/exports/import-folder.ts';
import { ASSOCIATION } from '../../sandbox/generate.ts';
import { assessing } from './assessing.ts';

/** A list that is partly missing or unreadable: the rest may prove a fail, but never a pass. */

const ADA = 'ada.quist@alder.example.org';
const BEN = 'ben.rook@alder.example.org';
const MEMBERS = `Name,Email,Role,Status\nAda Quist,${ADA},Primary Owner,Active\nBen Rook,${BEN},User,Active\n`;
const EVERYTHING = {
  id: 'rbac_role_1',
  name: 'Everything',
  permissions: [{ resource_type: 'all_connectors', resource_id: null, action: 'use' }],
};
const ODD = { id: 'rbac_role_2', name: 'Odd', permissions: [{ resource_type: 'connector' }] };
const HARMLESS = { id: 'rbac_role_3', name: 'Chat', permissions: [] };
const group = (emails: readonly string[]) => ({
  id: 'rbac_group_1',
  name: 'Staff',
  source_type: 'manual',
  roles: ['rbac_role_1'],
  members: emails.map((email, index) => ({ user_id: `user_${index}`, email })),
});
const list = (data: readonly object[]) => JSON.stringify({ data, has_more: false });

async function connectorsForAll(roles: readonly object[], groups: readonly object[]): Promise<Verdict> {
  const { verdict } = await assessing({
    files: { 'members.csv': MEMBERS, 'roles.json': list(roles), 'groups.json': list(groups) },
    charter: { version: 1, accountOwner: ADA },
    profile: { claudePlan: 'enterprise' },
  });
  return verdict('CLA-CON-27');
}

describe('a list of roles with an entry that cannot be read', () => {
  it('still proves that a role gives everyone every connector, and says that it is a part', async () => {
    expect((await connectorsForAll([EVERYTHING], [group([ADA, BEN])])).state).toBe('fail');
    const found = await connectorsForAll([EVERYTHING, ODD], [group([ADA, BEN])]);
    expect(found).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('has been provided: roles.json'),
    });
  });

  it('still does where a list of groups has an entry that cannot be read', async () => {
    const odd = { ...group([]), id: 'rbac_group_2', members: [{ role: 'member' }] };
    const found = await connectorsForAll([EVERYTHING], [group([ADA, BEN]), odd]);
    expect(found).toMatchObject({ state: 'fail', reason: expect.stringContaining('groups.json') });
  });

  it('proves nothing where the right entries do not', async () => {
    const some = await connectorsForAll([EVERYTHING, ODD], [group([BEN])]);
    expect(some).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('roles.json') });
    expect((await connectorsForAll([HARMLESS, ODD], [group([ADA, BEN])])).state).toBe('cannot_read');
  });
});

describe('of everything that the sandbox association brings', () => {
  let input: DecisionInput;
  let whole: ReadonlyMap<string, Verdict>;
  beforeAll(async () => {
    const profile = await readProfile(`${ASSOCIATION}/client.yaml`);
    const { timezone, domains, asOf } = profile.value;
    const moment = momentOf(asOf ?? '2026-11-24', timezone);
    const { today } = moment;
    const read = await importFolder({
      folder: ASSOCIATION,
      map: [],
      profile: profile.file,
      timezone,
      domains,
      today,
    });
    input = { catalogue: sharedCatalogue(), profile: profile.value, ...read, ...moment };
    whole = decided(input.readings);
  });

  function decided(readings: Readings): ReadonlyMap<string, Verdict> {
    const shared = new EvaluationState({ ...input, readings });
    return new Map(input.catalogue.controls.map((one) => [one.id, decideControl(one, shared)]));
  }

  const inPart = (readings: readonly Reading[]) => readings.map((one) => ({ ...one, complete: false }));

  it.each(Object.keys(KINDS) as Kind[])('%s in part or not at all makes nothing better', (kind) => {
    const given = input.readings[kind] ?? [];
    const states: [string, string, string][] = [];
    for (const [how, left] of [
      ['in part', inPart(given)],
      ['gone', []],
    ] as const)
      for (const [id, verdict] of decided({ ...input.readings, [kind]: left })) {
        const before = whole.get(id)?.state ?? '';
        if (verdict.state === 'pass' && before !== 'pass') states.push([how, id, before]);
      }
    expect(states).toEqual([]);
  });

  it('a part still proves each fail that rests on its entries, of the same people and things', () => {
    const proven: string[] = [];
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const part = decided({ ...input.readings, [kind]: inPart(input.readings[kind] ?? []) });
      for (const [id, before] of whole) {
        if (before.state !== 'fail' || before.rule === null) continue;
        if (input.readings[kind] === undefined || !findRule(before.rule).failsFromPart?.includes(kind))
          continue;
        const now = part.get(id);
        const [were, are] = [before, now].map((one) => one?.items.map(({ key }) => key) ?? []);
        if (kind === 'roster') {
          // A partial roster can show who left, but people missing from it may be in the rest.
          expect(['fail', 'cannot_read'], id).toContain(now?.state);
          expect(new Set(were).isSupersetOf(new Set(now?.state === 'fail' ? are : []))).toBe(true);
          if (now?.state === 'cannot_read') continue;
        } else {
          expect([id, now?.state], kind).toEqual([id, 'fail']);
          expect(are).toEqual(were);
        }
        if (kind !== 'roster') expect(now?.reason).toContain('Only part of');
        proven.push(`${kind} ${id}`);
      }
    }
    expect(proven.length).toBeGreaterThan(8);
    for (const id of ['CLA-ACC-07', 'CLA-M365-17', 'CLA-OPS-05']) expect(proven).toContain(`roster ${id}`);
  });

  it('a fail that entries left out could undo is not claimed of a part', () => {
    // Another policy could require it, and another figure could change the average.
    for (const [kind, id] of [
      ['ca_policies', 'CLA-M365-10'],
      ['usage', 'CLA-VIS-03'],
    ] as const) {
      expect(whole.get(id)?.state, id).toBe('fail');
      const part = decided({ ...input.readings, [kind]: inPart(input.readings[kind] ?? []) });
      expect(part.get(id)?.state, id).toBe('cannot_read');
    }
  });
});
