import { expect, it } from 'vitest';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import { json, readerOf } from '../../exports/kinds/json-testing.ts';
import type { Json } from '../../json-client.ts';
import { claudeGroupsJson, claudeRolesJson } from '../files/json-directory.ts';
import { settingsJson } from '../files/json-settings.ts';
import { directory } from './directory.ts';
import { settings } from './settings.ts';

const catalogue = sharedCatalogue();

async function readFrom(
  stream: typeof settings,
  answers: Readonly<Record<string, Json>>,
  place: unknown = null,
) {
  const client = {
    get: async (path: string) =>
      Object.entries(answers).find(([end]) => path.endsWith(end))?.[1] ?? { data: [], has_more: false },
  };
  const context = {
    client,
    place,
    granted: new Set(['read:compliance_user_data']),
    catalogue,
    clock: () => new Date('2026-11-22T12:00:00Z'),
    charter: {},
    content: null,
  };
  const batches = [];
  for await (const batch of stream.read(context)) batches.push(batch);
  return batches;
}

const A = { uuid: 'org_a', name: 'Alder' };
const B = { uuid: 'org_b', name: 'Chapter' };
const GIVEN = {
  type: 'effective_organization_settings',
  settings: [{ name: 'sso_enabled', type: 'boolean', value: true }],
};

it.each([
  ['no list', {}],
  ['null', { settings: null }],
  ['an empty list', { settings: [] }],
  ['an empty list with its type', { type: GIVEN.type, settings: [] }],
])('lets one organization not speak for another whose settings are %s', async (_, other) => {
  const [batch] = await readFrom(settings, {
    '/compliance/organizations': { data: [A, B] },
    'org_a/settings': GIVEN,
    'org_b/settings': other,
  });
  expect(batch?.says).toContain('1 of 2 linked organizations could not be read');
  const { parse } = readerOf([settingsJson], 'UTC');
  const read = parse('settings', json(JSON.parse(Buffer.from(batch?.files?.[0]?.bytes ?? []).toString())));
  expect(read.rows).toMatchObject([
    { organization: 'org_a', name: 'sso_enabled' },
    { organization: 'org_b', type: 'unreadable' },
  ]);
});

it('reads nothing of an organization without an id, and one that is listed twice once', async () => {
  const twice = { '/compliance/organizations': { data: [A, A] }, 'org_a/settings': GIVEN };
  const [batch] = await readFrom(settings, twice);
  expect(JSON.parse(Buffer.from(batch?.files?.[0]?.bytes ?? []).toString())).toHaveLength(1);
  const nameless = { ...twice, '/compliance/organizations': { data: [A, { name: 'Chapter' }] } };
  await expect(readFrom(settings, nameless)).rejects.toThrow(/without an id/);
});

it('does not treat a page that says there is more, but not where, as the last', async () => {
  for (const next of [{ next_page: null }, {}, { next_page: '' }])
    await expect(
      readFrom(directory, {
        '/compliance/organizations': { data: [A] },
        '/compliance/groups': { data: [], has_more: true, ...next },
      }),
    ).rejects.toThrow(/does not say where/);
});

it('does not treat an empty list of organizations as nothing to read', async () => {
  const none = { '/compliance/organizations': { data: [], has_more: false } };
  for (const stream of [settings, directory])
    await expect(readFrom(stream, none)).rejects.toThrow(/lists no organization/);
});

it('keeps an empty list of roles and groups where an earlier one had entries', async () => {
  const organization = { '/compliance/organizations': { data: [A] } };
  const [first] = await readFrom(directory, {
    ...organization,
    'org_a/roles': { data: [{ id: 'rbac_role_1', name: 'Auditor' }] },
    'rbac_role_1/permissions': { data: [] },
    '/compliance/groups': { data: [{ id: 'rbac_group_1', name: 'Auditors' }] },
  });
  expect(first?.files).toHaveLength(2);
  const [later] = await readFrom(directory, organization, first?.place);
  const { parse } = readerOf([claudeRolesJson, claudeGroupsJson], 'UTC');
  const files = (later?.files ?? []).map(({ bytes }) => json(JSON.parse(Buffer.from(bytes).toString())));
  expect(files.map((one, at) => parse(at === 0 ? 'claude_roles' : 'claude_groups', one))).toMatchObject([
    { rows: [], complete: true },
    { rows: [], complete: true },
  ]);
  const [never] = await readFrom(directory, organization);
  expect(never?.files).toEqual([]);
});
