import { expect, it } from 'vitest';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import { json, readerOf } from '../../exports/kinds/json-testing.ts';
import type { Json } from '../../json-client.ts';
import { claudeGroupsJson, claudeRolesJson } from '../files/json-directory.ts';
import { calls } from './calls.ts';
import { directory } from './directory.ts';

const catalogue = sharedCatalogue();

/** Output of a stream, given the vendor's responses by path suffix; all other lists are empty. */
async function readFrom(
  stream: typeof calls,
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

it('keeps a role and a group without an id, so that their lists are a part and say so', async () => {
  const [batch] = await readFrom(directory, {
    '/organizations': { data: [{ id: 'org_1', uuid: 'org_1', name: 'Alder' }] },
    '/roles': { data: [{ id: 'rbac_role_1', name: 'Chat' }, { name: 'Everything' }] },
    '/groups': {
      data: [
        { id: 'rbac_group_1', name: 'Staff', roles: [] },
        { name: 'Others', roles: [] },
      ],
    },
  });
  const { parse } = readerOf([claudeRolesJson, claudeGroupsJson], 'UTC');
  const read = (name: string) =>
    json(
      JSON.parse(Buffer.from(batch?.files?.find((one) => one.name.includes(name))?.bytes ?? []).toString()),
    );
  for (const [kind, name] of [
    ['claude_roles', 'roles'],
    ['claude_groups', 'groups'],
  ] as const) {
    const parsed = parse(kind, read(name));
    expect(parsed.complete, kind).toBe(false);
    expect(parsed.notes.map(({ says }) => says).join(), kind).toContain('incomplete');
  }
});

const PLACE = { chats: null, sessions: {}, completeTo: '2026-11-22T10:00:00.000Z' };

it('calls no time complete if a chat in it came without an id', async () => {
  const whole = await readFrom(calls, {}, PLACE);
  expect(whole.at(-1)).toMatchObject({ complete: { from: PLACE.completeTo } });
  const chat = { data: [{ name: 'Budget' }], has_more: false, last_id: 'chat_9' };
  const part = await readFrom(calls, { '/chats': chat }, PLACE);
  expect(part.at(-1)).toMatchObject({
    complete: null,
    says: expect.stringContaining('1 chat or session came without an id'),
  });
});

it('leaves out what settled before, also where it came without an id', async () => {
  const settled = { ...PLACE, sessions: { local: '2026-11-20T00:00:00.000Z' } };
  const read = async (created: string) =>
    (
      await readFrom(
        calls,
        { '/sessions/local': { data: [{ created_at: created }], next_page: null } },
        settled,
      )
    ).at(-1)?.complete;
  expect(await read('2026-11-21T09:00:00Z')).toBeNull();
  expect(await read('2026-11-19T09:00:00Z')).toMatchObject({ from: PLACE.completeTo });
});

it('does not treat a list as complete if its end is not stated in the vendor’s words', async () => {
  const odd = { data: [{ id: 'chat_1' }], has_more: 'yes', last_id: 'chat_1' };
  await expect(readFrom(calls, { '/chats': odd }, PLACE)).rejects.toThrow('points to the same place again');
  const page = { data: [], next_page: { after: 3 } };
  await expect(readFrom(calls, { '/sessions/local': page }, PLACE)).rejects.toThrow('next page');
  const { parse } = readerOf([claudeRolesJson], 'UTC');
  const role = { id: 'rbac_role_1', name: 'Chat', permissions: [] };
  expect(parse('claude_roles', json({ data: [role], has_more: 'true' })).complete).toBe(false);
});
