import { expect, it } from 'vitest';
import { dana, kim, noor } from '../../rules/accounts/fixtures.ts';
import { exposureOver } from './exposure.ts';
import type { Who } from './subject.ts';
import { account, FOR_ALL, FULL, over } from './testing/scene.ts';

const SHAREPOINT = 'microsoft365_sharepoint';
const nobody: Who = { name: noor.name, account: null, addresses: [noor.email], outside: false };
const everyone = [account(dana), account(kim), nobody];

it('counts a system as reached only for people known to have signed in, with its allowed changes', () => {
  const { people, systems } = exposureOver(over(FULL).access, everyone);
  const none = { allow: 0, ask: 0 };
  expect(people).toMatchObject([
    { reaches: [SHAREPOINT], may: [], changes: { allow: 0, ask: 1 }, mayChange: none },
    { reaches: [], may: [], unknown: [], changes: none, mayChange: none },
    { reaches: [], may: [], unknown: [], changes: none, mayChange: none },
  ]);
  expect(systems.find(({ id }) => id === SHAREPOINT)).toMatchObject({
    people: { reaches: 1, may: 0, unknown: 0, cannot: 2 },
    lets: { allow: 1, ask: 1 },
    changes: { allow: 0, ask: 1 },
    howTo: null,
  });
});

it('counts a link hidden by consent for everyone as possible, never as reached', () => {
  const { people, systems } = exposureOver(over({ ...FULL, permission_grants: [FOR_ALL] }).access, everyone);
  expect(people.map(({ reaches, may, mayChange }) => [reaches, may, mayChange.ask])).toEqual([
    [[], [SHAREPOINT], 1],
    [[], [SHAREPOINT], 1],
    [[], [], 0],
  ]);
  expect(systems.find(({ id }) => id === SHAREPOINT)).toMatchObject({
    people: { reaches: 0, may: 2, unknown: 0, cannot: 1 },
    howTo: expect.stringContaining('assign'),
  });
});

it('counts nothing as allowed if no connectors table was read', () => {
  const { connectors: _table, ...rest } = FULL;
  const charter = { connectors: [{ name: 'SharePoint', actions: { '*': 'allow' } }] };
  const { people, systems } = exposureOver(over(rest, { charter }).access, everyone);
  expect(people.map(({ reaches, may, unknown }) => [reaches, may, unknown])).toEqual([
    [[], [], [SHAREPOINT]],
    [[], [], []],
    [[], [], []],
  ]);
  expect(systems[0]).toMatchObject({ lets: { allow: 0, ask: 0 }, people: { unknown: 1, cannot: 2 } });
});
// Guide: G3.1-01
