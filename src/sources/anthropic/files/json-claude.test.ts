import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json, readerOf } from '../../exports/kinds/json-testing.ts';
import { jsonValues } from '../../exports/kinds/json-values.ts';
import { claudeJsonKinds } from './json-claude.ts';

const ENV = { file: 'x.json', timezone: 'America/New_York', domains: [], today: '2026-11-24' };
const { parse, recognized } = readerOf(claudeJsonKinds, ENV.timezone);
const page = (data: object[], has_more = false) => ({ data, has_more, first_id: null, last_id: null });

describe('effective settings', () => {
  const answer = {
    type: 'effective_organization_settings',
    organization_id: 'o1',
    settings: [
      { name: 'sso_enabled', type: 'boolean', value: true },
      { name: 'account_session_duration_seconds', type: 'integer', value: null },
    ],
    api_keys: [
      {
        type: 'compliance_api_key',
        id: 'apikey_1',
        name: null,
        scopes: ['read:compliance_activities'],
        is_active: true,
        created_at: '2026-03-14T02:30:00Z',
        expires_at: null,
      },
    ],
  };

  it('give settings and keys; a list of keys that is not there stays unknown', () => {
    const kind = claudeJsonKinds.find((one) => one.kind === 'settings');
    const both = kind?.parse(json(answer), ENV) ?? [];
    expect(both.map((one) => [one.kind, one.rows.length])).toEqual([
      ['settings', 2],
      ['api_keys', 1],
    ]);
    expect(both[1]?.rows[0]).toMatchObject({
      id: 'apikey_1',
      name: null,
      active: true,
      createdOn: '2026-03-13',
      expiresOn: null,
    });
    const { api_keys: _left, ...without } = answer;
    expect(kind?.parse(json(without), ENV).map((one) => one.kind)).toEqual(['settings']);
    expect(parse('settings', json(answer)).rows[1]).toMatchObject({
      name: 'account_session_duration_seconds',
      value: null,
    });
  });

  it('of several organizations give each key with those that list it', () => {
    const kind = claudeJsonKinds.find((one) => one.kind === 'settings');
    const [own] = answer.api_keys;
    const other = {
      ...answer,
      organization_id: 'o2',
      organization_name: 'Chapter',
      api_keys: [own, { ...own, id: 'apikey_2' }],
    };
    expect(kind?.parse(json([answer, other]), ENV)[1]?.rows).toMatchObject([
      { id: 'apikey_1', organizations: ['o1', 'o2'] },
      { id: 'apikey_2', organizations: ['o2'] },
    ]);
  });

  it('of several organizations say of which each is; keys that one of them does not give leave the list in part', () => {
    const kind = claudeJsonKinds.find((one) => one.kind === 'settings');
    const other = { ...answer, organization_id: 'o2', organization_name: 'Chapter', api_keys: undefined };
    const [settings, keys] = kind?.parse(json([answer, other]), ENV) ?? [];
    expect(settings?.rows).toMatchObject([
      { row: 1, organization: 'o1', name: 'sso_enabled' },
      { row: 2, organization: 'o1' },
      { row: 3, organization: 'o2', organizationName: 'Chapter', name: 'sso_enabled' },
      { row: 4, organization: 'o2' },
    ]);
    expect(keys).toMatchObject({ complete: false, rows: [{ id: 'apikey_1' }] });
    const unread = { ...other, settings: [], unreadable: 'Anthropic does not offer them.' };
    expect(kind?.parse(json([answer, unread]), ENV)[0]?.rows[2]).toMatchObject({
      organization: 'o2',
      type: 'unreadable',
    });
  });

  it('one organization twice in one file is refused', () => {
    expect(() => parse('settings', json([answer, answer]))).toThrow(/several answers/);
    // One whose settings are missing is another organization all the same.
    for (const settings of [undefined, null, 'none']) {
      const part = parse('settings', json([answer, { ...answer, organization_id: 'o3', settings }]));
      expect([part.complete, part.notes.length]).toEqual([false, 1]);
    }
    const { type: _type, ...untyped } = answer;
    expect(parse('settings', json([answer, { ...untyped, settings: [] }])).complete).toBe(false);
    const empty = parse('settings', json([answer, { ...answer, organization_id: 'o3', settings: [] }]));
    expect(empty.rows.at(-1)).toMatchObject({ organization: 'o3', type: 'unreadable' });
  });

  it('one odd entry is named and takes no other one with it', () => {
    const [first] = answer.settings;
    const given = (...odd: unknown[]) =>
      parse('settings', json({ ...answer, settings: [...odd, ...answer.settings] }));
    const nameless = given({ type: 'boolean', value: true });
    expect(nameless?.rows).toHaveLength(answer.settings.length + 1);
    expect(nameless?.notes[0]).toMatchObject({ row: 1, column: 'name' });
    expect(given({ name: 'a', type: 'boolean' })?.rows[0]).toMatchObject({ name: 'a', value: null });
    expect(given({ name: 'a', type: 'boolean' })?.notes[0]).toMatchObject({ row: 1, column: 'value' });
    expect(given(first)?.rows).toHaveLength(answer.settings.length);
    const twice = given({ ...first, value: 'something else' });
    expect(twice?.rows.find(({ name }) => name === first?.name)).toMatchObject({ value: null });
  });
});

describe('analytics', () => {
  const users = (parts: object[]) =>
    json({
      data: parts.map((part) => ({
        user: { id: 'user_1', email_address: 'Ann@alder.example.org', type: 'user' },
        ...part,
      })),
      next_page: null,
    });

  it('sums messages over products, and an unknown number stays unknown', () => {
    const { rows } = parse(
      'analytics_users',
      users([
        {
          chat_metrics: {
            message_count: 10,
            distinct_connectors_used_count: 2,
            distinct_files_uploaded_count: 0,
          },
          cowork_metrics: { message_count: 5 },
        },
        { chat_metrics: { message_count: 10 } },
        { chat_metrics: { message_count: 10 }, cowork_metrics: { message_count: null } },
        { chat_metrics: null },
      ]),
    );
    expect(rows.map((row) => row.messages)).toEqual([15, 10, null, null]);
    expect(rows[0]).toMatchObject({ email: 'ann@alder.example.org', connectorsUsed: 2, filesUploaded: 0 });
  });

  it('takes the days of a file from the two dates of its name', () => {
    const covers = (file: string) => {
      const [parsed] =
        claudeJsonKinds
          .find(({ kind }) => kind === 'analytics_users')
          ?.parse(users([{ chat_metrics: { message_count: 1 } }]), { ...ENV, file }) ?? [];
      return parsed?.covers;
    };
    const november = { from: '2026-11-01', to: '2026-11-20' };
    expect(covers('users 2026-11-01 to 2026-11-20.json')).toEqual(november);
    expect(covers('users 2026-11-20.json')).toBeUndefined();
    expect(covers('users.json')).toBeUndefined();
  });

  it('counts what Chat and Cowork unified has in fields of its own', () => {
    const unified = (chat: number | null, sessions: number) => ({
      chat: { message_count: chat, distinct_connectors_used_count: 1, distinct_files_uploaded_count: 4 },
      sessions: { message_count: sessions },
    });
    const { rows } = parse(
      'analytics_users',
      users([
        { chat_cowork_unified_metrics: unified(7, 2) },
        {
          chat_metrics: { message_count: 10, distinct_connectors_used_count: 2 },
          cowork_metrics: { message_count: 5 },
          chat_cowork_unified_metrics: unified(7, 2),
        },
        { chat_metrics: { message_count: 10 }, chat_cowork_unified_metrics: unified(null, 2) },
        { chat_metrics: { message_count: 10 }, chat_cowork_unified_metrics: null },
      ]),
    );
    expect(
      rows.map(({ messages, chatMessages, coworkMessages }) => [messages, chatMessages, coworkMessages]),
    ).toEqual([
      [9, 7, 2],
      [24, 17, 7],
      [null, null, 2],
      [10, 10, null],
    ]);
    expect(rows.map(({ connectorsUsed }) => connectorsUsed)).toEqual([1, null, null, null]);
  });

  it('names a connector as the vendor displays it, and keeps two of one name apart', () => {
    const line = (connector_name: string, connector_display_name: string | null) => ({
      connector_name,
      connector_display_name,
      distinct_user_count: 1,
      read_call_count: 1,
    });
    const { rows } = parse(
      'analytics_connectors',
      json({ data: [line('mcpsrv_01A', 'Acme CRM'), line('asana', null)], next_page: null }),
    );
    expect(rows.map(({ connector, connectorId }) => [connector, connectorId])).toEqual([
      ['Acme CRM', 'mcpsrv_01A'],
      ['asana', 'asana'],
    ]);
  });

  it('recognizes figures of connectors by whichever of them the answer has', () => {
    const taken = (figures: object) =>
      recognized(json({ data: [{ connector_name: 'asana', ...figures }] }), 'x.json');
    for (const figures of [
      { individual_auth_distinct_user_count: 1 },
      { write_call_count: 0 },
      { chat_metrics: {} },
    ])
      expect(taken(figures)).toBe('analytics_connectors');
    expect(taken({ enabled: true })).toBeNull();
  });

  it('takes nothing that PowerShell cut off for an id, an address or a whole list', () => {
    const groups = (more: object, ...others: object[]) =>
      parse('claude_groups', json([{ id: 'rbac_group_1', name: 'Staff', ...more }, ...others]));
    const whole = {
      roles: ['rbac_role_1'],
      members: [{ user_id: 'user_1', email: 'ada@alder.example.org' }],
    };
    expect(groups(whole)).toMatchObject({
      complete: true,
      rows: [{ roles: ['rbac_role_1'], member: { id: 'user_1' } }],
    });
    for (const [part, rows] of [
      [{ members: [{ user_id: 'user_1', email: 'ada@alder.exa...' }] }, [{ member: null }]],
      [{ members: [{ user_id: 'user_0…', email: null }] }, [{ member: null }]],
      [{ members: 'System.Object[]' }, [{ member: null }]],
      [{ roles: ['rbac_role_1', '...'] }, [{ roles: null }]],
      [{ roles: '{rbac_role_1, rbac_role_2...}' }, [{ roles: null }]],
    ] as const) {
      const read = groups({ ...whole, ...part });
      expect(read).toMatchObject({ complete: false, rows });
      expect(read.notes[0]?.says).toContain('cut off');
    }
    const two = groups(whole, { id: 'rbac_group_0...', ...whole });
    expect([two.complete, two.rows.length]).toEqual([false, 1]);
    const role = (permissions: unknown) =>
      parse('claude_roles', json([{ id: 'rbac_role_1', name: 'All', permissions }])).complete;
    expect([
      role([]),
      role('@{action=use}'),
      role([{ resource_type: 'connector', resource_id: 'mcps...', action: 'use' }]),
    ]).toEqual([true, false, false]);
  });

  it('keeps the days of several answers in one file apart', () => {
    const day = (date: string, read_call_count: number) => ({
      date,
      data: [{ connector_name: 'asana', distinct_user_count: 1, read_call_count }],
      has_more: false,
    });
    const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
    const read = parse('analytics_connectors', json(days.map((date) => day(date, 14))));
    expect(read.rows.map(({ on, reads }) => [on, reads])).toEqual(days.map((date) => [date, 14]));
    expect(read.covers).toEqual({ from: '2026-11-01', to: '2026-11-03' });
    // A day in between is missing, so the file does not cover them all.
    const gap = parse('analytics_connectors', json([day('2026-11-01', 1), day('2026-11-03', 1)]));
    expect(gap.covers).toBeUndefined();
    expect(gap.rows).toHaveLength(2);
  });

  it('keeps the split into reads and writes unknown where it is null', () => {
    const { rows, complete } = parse(
      'analytics_connectors',
      json({
        data: [
          {
            connector_name: 'asana',
            distinct_user_count: 3,
            read_call_count: null,
            write_call_count: 0,
            unclassified_call_count: 40,
          },
        ],
        next_page: 'x',
      }),
    );
    expect(rows[0]).toMatchObject({
      connector: 'asana',
      reads: null,
      writes: 0,
      unclassified: 40,
      user: null,
    });
    expect(complete).toBe(false);
  });
});

describe('members of the Admin interface', () => {
  const user = (role: string) => ({
    type: 'user',
    id: `user_${role}`,
    email: `${role}@alder.example.org`,
    name: role,
    role,
    added_at: '2026-06-12T09:14:03Z',
  });
  const invite = (status: string) => ({
    type: 'invite',
    id: `invite_${status}`,
    email: `${status}@alder.example.org`,
    role: 'user',
    invited_at: '2026-11-01T00:00:00Z',
    status,
  });

  it('maps roles, and does not guess one that it does not know', () => {
    const { rows } = parse(
      'members',
      json(page(['primary_owner', 'owner', 'membership_admin', 'managed', 'user', 'emperor'].map(user))),
    );
    expect(rows.map((row) => row.role)).toEqual(['primary_owner', 'owner', 'admin', 'custom', 'user', null]);
    expect(rows[5]).toMatchObject({
      roleText: 'emperor',
      status: 'active',
      seat: null,
      addedOn: '2026-06-12',
    });
  });

  it('takes the users of the Compliance interface, and says that they tell of no invitation', () => {
    const user = {
      id: 'user_1',
      email: 'Ann@alder.example.org',
      full_name: 'Ann',
      created_at: '2020-01-01T00:00:00Z',
    };
    const { rows, complete } = parse(
      'members',
      json({ data: [{ ...user, organization_role: 'owner' }], has_more: false, next_page: null }),
    );
    expect(complete).toBe(true);
    expect(rows[0]).toMatchObject({ name: 'Ann', role: 'owner', addedOn: null, invitations: 'not_told' });
  });

  it('counts pending invites only, and invites alone are never the whole membership', () => {
    const alone = parse('members', json(page([invite('pending'), invite('accepted'), invite('expired')])));
    expect(alone.rows.map((row) => [row.email, row.status])).toEqual([
      ['pending@alder.example.org', 'invited'],
    ]);
    expect(alone.complete).toBe(false);
    expect(parse('members', json([page([user('user')]), page([invite('pending')])])).complete).toBe(true);
    expect(parse('members', json(page([user('user')], true))).complete).toBe(false);
  });
});

describe('roles, groups and summaries', () => {
  it('keep what is not told apart from what is empty', () => {
    const roles = parse(
      'claude_roles',
      json({
        data: [
          { id: 'rbac_role_1', name: 'Staff', organization_uuid: 'o1', permissions: [] },
          { id: 'rbac_role_2', name: 'Board' },
          {
            id: 'rbac_role_3',
            name: 'IT',
            permissions: [
              { resource: { type: 'connector_tool', connector_id: 'c', tool_name: 't' }, action: 'use' },
            ],
          },
        ],
      }),
    );
    expect(roles.complete).toBe(false);
    expect(roles.rows.map(({ permission }) => permission)).toEqual([
      'none',
      null,
      { resource: 'connector_tool', resourceId: 'c/t', action: 'use' },
    ]);
    const groups = parse(
      'claude_groups',
      json({
        data: [
          {
            id: 'rbac_group_1',
            name: 'A',
            roles: ['rbac_role_1'],
            members: [{ user_id: 'u', email: 'A@x.org' }],
          },
          { id: 'rbac_group_2', name: 'B', roles: null, members: null },
          { id: 'rbac_group_3', name: 'C', members: [] },
        ],
      }),
    );
    expect(groups.rows.map(({ roles: given, member }) => [given, member])).toEqual([
      [['rbac_role_1'], { id: 'u', email: 'a@x.org' }],
      [null, null],
      [null, 'none'],
    ]);
    const { rows, covers } = parse(
      'analytics_summaries',
      json({
        summaries: [
          { starting_at: '2026-11-20T00:00:00Z', assigned_seat_count: 3, pending_invite_count: null },
        ],
      }),
    );
    expect(rows[0]).toMatchObject({
      on: '2026-11-20',
      assignedSeats: 3,
      pendingInvites: null,
      activeOnDay: null,
    });
    expect(covers).toEqual({ from: '2026-11-20', to: '2026-11-20' });
  });
});

describe('splitting what was saved together', () => {
  it('gives back every value, however it was printed', () => {
    const value = fc.oneof(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
      fc.array(fc.string()),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 2),
        fc.constantFrom('\n', '\n\n', ' '),
        (values, indent, gap) => {
          const text = values.map((one) => JSON.stringify(one, null, indent)).join(gap);
          expect(jsonValues({ form: 'text', text })).toEqual(
            values.map((one) => JSON.parse(JSON.stringify(one))),
          );
        },
      ),
    );
  });

  it('gives nothing for a text that breaks off', () => {
    expect(jsonValues({ form: 'text', text: '{"a": 1}\n{"b": ' })).toEqual([]);
    expect(jsonValues({ form: 'text', text: 'note: {"a": 1}' })).toEqual([]);
  });
});
