import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextFor, Shared } from '../../decide/context.ts';
import type { Control } from '../../model/catalogue.ts';
import type { Kind, Rows } from '../../model/kinds.ts';
import { at, dana, kim, noor } from '../../rules/accounts/fixtures.ts';
import { CATALOGUE } from '../../rules/connectors/testing/catalogue.ts';
import { type Given, given, reading, TODAY } from '../../testing/build.ts';
import { accessOver } from './access.ts';
import type { Gate } from './gate.ts';
import { reachOf } from './reach.ts';
import type { Who } from './subject.ts';
import { countWords, foldResults, GATE_STATES, resultOf } from './words.ts';

const control = { id: 'CLA-CON-09' } as Control;
const CLIENT = {
  appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0',
  id: 'sp-client',
  name: 'M365 MCP Client for Claude',
};
const SERVER = {
  appId: '07c030f6-5743-41b7-ba00-0a6e85f37c17',
  id: 'sp-server',
  name: 'M365 MCP Server for Claude',
};
const GRAPH = { appId: '00000003-0000-0000-c000-000000000000', id: 'sp-graph', name: 'Microsoft Graph' };
const LOCKED = [GRAPH, { ...CLIENT, assignmentRequired: true }, { ...SERVER, assignmentRequired: true }];
const FOR_ALL = { clientId: 'sp-server', consentType: 'AllPrincipals' as const };
const own = (principalId: string) => ({
  clientId: 'sp-server',
  consentType: 'Principal' as const,
  principalId,
});
const assign = (principalId: string, principalType: string | null = 'User') => [
  { resourceId: 'sp-client', principalId, principalType },
  { resourceId: 'sp-server', principalId, principalType },
];

type Rowed = { readonly [K in Kind]?: readonly (Partial<Rows[K]> & object)[] };
const FULL: Rowed = {
  members: [
    { ...dana, role: 'user', status: 'active', seat: 'Standard' },
    { ...kim, role: 'user', status: 'active', seat: 'Standard' },
  ],
  roster: [
    { name: dana.name, emails: [dana.email], status: 'active' },
    { name: noor.name, emails: [noor.email], status: 'active' },
  ],
  connectors: [
    { connector: 'SharePoint', action: 'Search content', state: 'allow', enabled: true },
    { connector: 'SharePoint', action: 'Edit file', state: 'ask', enabled: true },
    { connector: 'SharePoint', action: 'Delete item', state: 'blocked', enabled: true },
  ],
  service_principals: [GRAPH, CLIENT, SERVER],
  permission_grants: [own('u-dana')],
  entra_users: [
    { id: 'u-dana', upn: at('d.whitlock'), mail: dana.email, name: dana.name },
    { id: 'u-kim', upn: kim.email, name: kim.name },
    { id: 'u-noor', upn: noor.email, name: noor.name },
  ],
};

function over(rows: Rowed, parts: Given = {}, observedOn = '2026-11-20') {
  const readings = Object.fromEntries(
    Object.entries(rows).map(([kind, list]) => [
      kind,
      [reading(kind as Kind, list as readonly object[], { observedOn })],
    ]),
  );
  const shared = new Shared(
    given({ catalogue: CATALOGUE, ...parts, readings: { ...readings, ...parts.readings } }),
  );
  const context = contextFor(shared, control, 31);
  return { access: accessOver({ context, links: context, reviewDays: 365 }), context };
}
const account = (person: { name: string; email: string }): Who => ({
  name: person.name,
  account: person.email,
  addresses: [],
  outside: false,
});
const ofPerson = (rows: Rowed, who: Who = account(dana), parts: Given = {}, day?: string) =>
  over(rows, parts, day).access.person(who);
const sharepoint = (rows: Rowed, who?: Who, parts?: Given, day?: string) => {
  const found = ofPerson(rows, who, parts, day).connectors.find(({ id }) => id === 'microsoft365_sharepoint');
  if (!found) throw new Error('no SharePoint');
  return found;
};
const results = (one: ReturnType<typeof sharepoint>) =>
  Object.fromEntries(
    one.actions.filter(({ kind }) => kind === 'action').map((row) => [row.title, row.result]),
  );

describe('what the gates come to', () => {
  it('is a yes only where both are known to be open, and a no only where one is known to be closed', () => {
    for (const organisation of GATE_STATES)
      for (const signIn of GATE_STATES) {
        const result = resultOf(organisation, signIn);
        const closed = organisation === 'closed' || signIn === 'closed';
        expect([organisation, signIn, result === 'cannot']).toEqual([organisation, signIn, closed]);
        const reaches = signIn === 'open' && (organisation === 'open' || organisation === 'asks');
        expect([organisation, signIn, result === 'allow' || result === 'ask']).toEqual([
          organisation,
          signIn,
          reaches,
        ]);
      }
    expect([resultOf('open', 'open'), resultOf('asks', 'open')]).toEqual(['allow', 'ask']);
  });

  it('is folded without losing what nobody can tell', () => {
    expect(foldResults([])).toBe('unknown');
    expect(foldResults(['cannot', 'cannot'])).toBe('cannot');
    expect(foldResults(['cannot', 'unknown'])).toBe('unknown');
    expect(foldResults(['cannot', 'unknown', 'ask'])).toBe('ask');
    expect(countWords({ allow: 0, ask: 1, cannot: 2, unknown: 3 })).toBe(
      '1 after approval, 2 cannot, 3 nobody can tell',
    );
  });
});

describe('the gate of the organisation', () => {
  it('lets through what is set in Claude, each with the row that shows it', () => {
    const one = sharepoint(FULL);
    expect(results(one)).toEqual({ 'Search content': 'allow', 'Edit file': 'ask', 'Delete item': 'cannot' });
    const edit = one.actions.find(({ title }) => title === 'Edit file');
    expect(edit?.organisation).toMatchObject({
      state: 'asks',
      evidence: [{ kind: 'connectors', row: 3, observedOn: '2026-11-20' }],
    });
    expect(edit?.organisation.words).toContain('not in Research mode');
  });

  it('never takes the charter for what is set', () => {
    const charter = {
      connectors: [{ name: 'SharePoint', actions: { 'Search content': 'allow', '*': 'blocked' } }],
    };
    const { connectors: _table, ...rest } = FULL;
    const one = sharepoint(rest, account(dana), { charter });
    expect(one.organisation.state).toBe('unknown');
    expect(results(one)).toEqual({
      'Search content': 'unknown',
      'Edit file': 'unknown',
      'Delete item': 'unknown',
    });
    expect(one.actions[0]?.because).toContain('that is what is wanted, not what is set');
    expect(one.actions[0]?.organisation.howTo).toContain('Owner writes down');
    // Nor the other way round: what the charter blocks and Claude allows is reached.
    const blocked = { connectors: [{ name: 'SharePoint', actions: { '*': 'blocked' } }] };
    expect(results(sharepoint(FULL, account(dana), { charter: blocked }))['Search content']).toBe('allow');
  });

  it('is closed where the connector is off or there is no seat, and unknown where that was not read', () => {
    const off = { ...FULL, connectors: [{ connector: 'SharePoint', enabled: false }] };
    const charter = { connectors: [{ name: 'SharePoint', actions: { '*': 'ask' } }] };
    expect(sharepoint(off, account(dana), { charter }).result).toBe('cannot');
    const unlisted = {
      ...FULL,
      connectors: [{ connector: 'Asana', action: 'Read tasks', state: 'allow' as const }],
    };
    const not = sharepoint(unlisted, account(dana), { charter });
    expect([not.organisation.state, not.result]).toEqual(['unknown', 'unknown']);
    expect(not.organisation.words).toContain('does not say that it is off');

    const seat = (rows: Rowed, who: Who) => ofPerson(rows, who).seat.state;
    const nobody: Who = { name: noor.name, account: null, addresses: [noor.email], outside: false };
    expect(seat(FULL, account(dana))).toBe('open');
    expect(seat(FULL, nobody)).toBe('closed');
    const { members: _members, ...without } = FULL;
    expect([seat(without, account(dana)), seat(without, nobody)]).toEqual(['unknown', 'unknown']);
    expect(seat({ ...FULL, members: [] }, nobody)).toBe('unknown');
    const as = (more: object) => ({ ...FULL, members: [{ ...dana, ...more }] });
    expect(seat(as({ status: 'suspended' }), account(dana))).toBe('closed');
    expect(seat(as({ seat: 'No seat' }), account(dana))).toBe('closed');
    // Whoever is invited opens Claude without anybody else.
    expect(seat(as({ status: 'invited' }), account(dana))).toBe('open');
    expect(sharepoint(FULL, nobody).result).toBe('cannot');
    expect(sharepoint(without, account(dana)).result).toBe('unknown');
  });

  it('does not read an empty cell, words that nobody understands, or a table that is too old', () => {
    const cell = (row: object) => ({
      ...FULL,
      connectors: [{ connector: 'SharePoint', action: 'Search content', enabled: true, ...row }],
    });
    for (const row of [{ state: null }, { stateText: 'perhaps' }])
      expect(results(sharepoint(cell(row)))['Search content']).toBe('unknown');
    expect(results(sharepoint(cell({ stateText: 'not offered' })))['Search content']).toBe('cannot');
    const charter = { connectors: [{ name: 'SharePoint', actions: { '*': 'ask' } }] };
    expect(sharepoint(FULL, account(dana), { charter }, '2026-09-01').result).toBe('unknown');
  });

  it('never clears a connector of which a table lists no action, or only some', () => {
    const bare = { ...FULL, connectors: [{ connector: 'Taskline', enabled: true }] };
    const [taskline] = ofPerson(bare).connectors;
    expect([taskline?.name, taskline?.result, taskline?.actions]).toEqual(['Taskline', 'unknown', []]);
    const some = {
      ...FULL,
      connectors: [{ connector: 'Taskline', action: 'wipe', state: 'blocked' as const, enabled: true }],
    };
    const [part] = ofPerson(some).connectors;
    expect([part?.actions.map(({ result }) => result), part?.result]).toEqual([['cannot'], 'unknown']);
  });
});

describe('a table of a server that the catalogue does not know', () => {
  const charter = {
    connectors: [{ name: 'Taskline', actions: { search: 'allow', wipe: 'blocked', '*': 'blocked' } }],
  };
  const taskline = (rows: readonly (Partial<Rows['connectors']> & object)[]) => {
    const lines = rows.map((row) => ({ connector: 'Taskline', enabled: true, ...row }));
    const [one] = ofPerson({ ...FULL, connectors: lines }, account(dana), { charter }).connectors;
    return [one?.result, ...(one?.actions.map((row) => row.organisation.state) ?? [])];
  };

  it('speaks for each tool by its line for all that it does not list, unless classes stand beside it', () => {
    expect(taskline([{ action: '*', state: 'blocked' }])).toEqual(['cannot', 'closed', 'closed', 'closed']);
    expect(taskline([{ action: '*', state: 'ask' }])).toEqual(['unknown', 'asks', 'asks', 'asks']);
    expect(
      taskline([
        { action: '*', state: 'blocked' },
        { action: 'write tools', state: 'allow' },
      ])[0],
    ).toBe('unknown');
  });
});

describe('their own sign-in to Microsoft 365', () => {
  const signIn = (rows: Rowed, who = account(dana), parts: Given = {}) =>
    sharepoint({ ...FULL, ...rows }, who, parts).signIn;

  it('is open by their own consent, and closed where all consents are listed and none is theirs', () => {
    const linked = signIn({});
    expect(linked).toMatchObject({ state: 'open', evidence: [{ kind: 'permission_grants', row: 2 }] });
    expect(linked.words).toContain('from which Claude account');
    expect(signIn({}, account(kim)).state).toBe('closed');
    expect(
      signIn({ permission_grants: [own('u-x')].map((row) => ({ ...row, clientId: 'sp-graph' })) }).state,
    ).toBe('closed');
  });

  it('is closed for everybody without the applications, or with one switched off', () => {
    expect(signIn({ service_principals: [GRAPH] })).toMatchObject({ state: 'closed' });
    expect(signIn({ service_principals: [GRAPH, CLIENT, { ...SERVER, enabled: false }] }).state).toBe(
      'closed',
    );
    expect(signIn({ service_principals: [] }).state).toBe('unknown');
  });

  it('tells since when, as far as earlier lists show', () => {
    const list = (day: string, rows: readonly object[]) =>
      reading('permission_grants', rows, { observedOn: day, file: `${day}.json` });
    const history = [
      list('2026-09-20', [own('u-dana')]),
      list('2026-10-01', [own('u-kim')]),
      list('2026-11-03', [own('u-dana')]),
      list('2026-11-20', [own('u-dana')]),
    ];
    const { permission_grants: _grants, ...rest } = FULL;
    const { words } = sharepoint(rest, account(dana), { readings: { permission_grants: history } }).signIn;
    expect(words).toContain('it was there on 3 Nov 2026 already');
  });

  it('cannot be told under consent for everybody, and is closed for whoever is not assigned', () => {
    const wide = { permission_grants: [FOR_ALL] };
    expect(signIn(wide)).toMatchObject({ state: 'unknown' });
    expect(signIn(wide).words).toContain('does not record who linked');
    const locked = { ...wide, service_principals: LOCKED };
    const list = (rows: readonly object[]) => ({ ...locked, app_assignments: rows });
    expect(signIn(locked).state).toBe('unknown');
    const kimOnly = list(assign('u-kim'));
    expect([signIn(kimOnly).state, signIn(kimOnly, account(kim)).state]).toEqual(['closed', 'unknown']);
    expect(signIn(kimOnly, account(kim)).words).toContain('they may link');
    // Assigned to one of both is not enough.
    expect(signIn(list([...assign('u-kim'), assign('u-dana')[0] ?? {}])).state).toBe('closed');
    // Not required, or not for both: assignment says nothing.
    const half = {
      ...wide,
      service_principals: [GRAPH, CLIENT, { ...SERVER, assignmentRequired: true }],
      app_assignments: assign('u-kim'),
    };
    expect(signIn(half).state).toBe('unknown');
  });

  it('looks into groups, and is unsure where their members were not given', () => {
    const groups = (members: readonly string[] | null) => ({
      permission_grants: [FOR_ALL],
      service_principals: LOCKED,
      app_assignments: assign('g-1', 'Group'),
      entra_groups: [{ id: 'g-1', name: 'Claude', members }],
    });
    expect(signIn(groups(['u-kim'])).state).toBe('closed');
    expect(signIn(groups([kim.email])).state).toBe('closed');
    expect(signIn(groups(['u-dana'])).state).toBe('unknown');
    expect(signIn(groups(null)).state).toBe('unknown');
    const { entra_groups: _groups, ...rest } = groups([]);
    expect(signIn(rest).state).toBe('unknown');
    // The list of the other application was not asked for: not being in one is enough, being in it is not.
    const half = {
      ...groups(['u-kim']),
      app_assignments: [{ resourceId: 'sp-client', principalId: 'u-kim', principalType: 'User' }],
    };
    expect([signIn(half).state, signIn(half, account(kim)).state]).toEqual(['closed', 'unknown']);
  });

  it('is not closed for somebody whom Entra does not know, twice, or without an id', () => {
    const stranger = { email: 'pat@other.example', name: 'Pat Moss' };
    const members = [...(FULL.members ?? []), { ...stranger, status: 'active' as const }];
    expect(signIn({ members }, account(stranger)).state).toBe('unknown');
    const twice = [...(FULL.entra_users ?? []), { id: 'u-kim2', upn: at('k.osei'), aliases: [kim.email] }];
    expect(signIn({ entra_users: twice }, account(kim)).state).toBe('unknown');
    expect(
      signIn(
        { permission_grants: [own('u-dana'), { ...own('u-y'), consentType: null, principalId: null }] },
        account(kim),
      ).state,
    ).toBe('unknown');
  });

  it('says of a link without a seat that it is from another account', () => {
    const who: Who = { name: noor.name, account: null, addresses: [noor.email], outside: false };
    const one = sharepoint({ ...FULL, permission_grants: [own('u-noor')] }, who);
    expect([one.signIn.state, one.result]).toEqual(['open', 'cannot']);
    expect(one.note).toContain('another Claude account');
  });
});

describe('their own sign-in elsewhere', () => {
  const table = {
    connectors: [{ connector: 'Asana', action: 'Read tasks', state: 'allow' as const, enabled: true }],
  };
  const event = (
    type: string,
    day: string,
    email = dana.email,
    detail: object = { mcp_server_name: 'asana' },
  ) => ({
    type,
    at: `${day}T15:00:00Z`,
    actorEmail: email,
    detail: detail as Record<string, unknown>,
  });
  const asana = (events: readonly object[] | null, covers?: { from: string; to: string }) => {
    const parts: Given =
      events === null
        ? {}
        : {
            profile: { claudePlan: 'enterprise' },
            readings: {
              audit_log: [
                reading('audit_log', events, { observedOn: '2026-11-22', ...(covers ? { covers } : {}) }),
              ],
            },
          };
    const found = ofPerson({ ...FULL, ...table }, account(dana), parts).connectors.find(
      ({ id }) => id === 'asana',
    );
    if (!found) throw new Error('no Asana');
    return found;
  };
  const COVERS = { from: '2026-10-01', to: '2026-11-22' };

  it('is known from the newest event of the person and server', () => {
    const linked = asana([event('integration_user_connected', '2026-11-02')]);
    expect(linked.signIn).toMatchObject({ state: 'open', evidence: [{ kind: 'audit_log', row: 2 }] });
    expect(linked.signIn.words).toContain('2 Nov 2026');
    const un = [
      event('integration_user_connected', '2026-11-02'),
      event('integration_user_disconnected', '2026-11-10'),
    ];
    expect(asana(un, COVERS).signIn.state).toBe('closed');
    // Where the log does not speak for the days after, a new link may have been made.
    expect(asana(un).signIn.state).toBe('unknown');
    expect(asana([...un, event('integration_user_connected', '2026-11-12')], COVERS).signIn.state).toBe(
      'open',
    );
  });

  it('is unknown where nothing is in the log, or there is none', () => {
    const silent = asana([event('integration_user_connected', '2026-11-02', kim.email)], COVERS);
    expect(silent.signIn.state).toBe('unknown');
    expect(silent.signIn.words).toContain('does not tell how it stood before');
    const team = asana(null);
    expect([team.signIn.state, results(team)['Read tasks']]).toEqual(['unknown', 'unknown']);
    expect(team.signIn.howTo).toContain('Settings › Connectors');
  });
});

describe('rights in the system', () => {
  const rightsIn = (connector: string, charter: object | null) => {
    const rows = {
      ...FULL,
      connectors: [{ connector, action: 'search', state: 'allow' as const, enabled: true }],
    };
    const parts = charter === null ? {} : { charter: charter as Record<string, unknown> };
    const [one] = ofPerson(rows, account(dana), parts).connectors;
    if (!one) throw new Error(`no ${connector}`);
    return one;
  };

  it('are their own where people sign in as themselves, which is no yes, and unknown behind a server of one’s own', () => {
    const asana = rightsIn('Asana', null);
    expect(asana.rights.state).toBe('own');
    expect(asana.rights.words).toContain('no file here tells');
    expect(rightsIn('Taskline', null).rights).toMatchObject({ state: 'unknown' });
    expect(rightsIn('Taskline', null).rights.howTo).toContain('one account');
    const custom = { connectors: [{ name: 'Asana', kind: 'custom', actions: { '*': 'ask' } }] };
    expect(rightsIn('Asana', custom).rights.state).toBe('unknown');
  });

  it('are those of one account for everybody where the charter names the one behind the membership system', () => {
    const ams = (more: object) => ({
      connectors: [{ name: 'Member desk', kind: 'custom', isAms: true, actions: { search: 'allow' } }],
      ams: { name: 'Member desk', methods: ['custom_mcp'], ...more },
    });
    expect(rightsIn('Member desk', ams({})).rights.state).toBe('unknown');
    const serviceAccount = { name: 'svc-claude', readOnly: true, admin: false, reviewed: '2026-10-01' };
    const told = rightsIn('Member desk', ams({ serviceAccount }));
    expect(told.rights.state).toBe('account');
    expect(told.rights.words).toContain('whatever their own rights are');
  });

  it('leave a prerequisite open until their review is on record, and again when it is too old', () => {
    const reviewed = (day: string | null) =>
      rightsIn('Asana', {
        connectors: [{ name: 'Asana', actions: { '*': 'ask' }, ...(day ? { sourceReviewed: day } : {}) }],
      }).prerequisite;
    expect(reviewed(null)).toMatchObject({ met: false, reviewed: null });
    expect(reviewed('2026-09-08')).toMatchObject({ met: true, reviewed: '2026-09-08' });
    expect(reviewed('2025-09-08').met).toBe(false);
    expect(reviewed('2026-12-24')).toMatchObject({ met: false, reviewed: null });
    expect(rightsIn('Asana', null).prerequisite.met).toBe(false);
  });
});

describe('what Claude reaches in the organisation', () => {
  const reach = (rows: Rowed, parts: Given = {}) => {
    const { access, context } = over(rows, parts);
    return reachOf(access, context);
  };

  it('is what is set and linked by somebody, with who, and the rest by its reason', () => {
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

  it('claims nothing where people or the table were not read, and says what is missing', () => {
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

  it('names what is switched off and approved by nobody', () => {
    const rows = { ...FULL, connectors: [{ connector: 'Asana', enabled: false }] };
    expect(reach(rows)).toMatchObject({ systems: [], off: [{ name: 'Asana', on: '2026-11-20' }] });
  });
});

describe('taking evidence away', () => {
  const KINDS = Object.keys({ ...FULL, app_assignments: 1, entra_groups: 1, audit_log: 1 }) as Kind[];
  const some = <T>(...values: T[]) => fc.constantFrom(...values);
  const scene = fc.record({
    state: some<'allow' | 'ask' | 'blocked' | null>('allow', 'ask', 'blocked', null),
    enabled: some(true, false, null),
    apps: some<readonly object[]>([GRAPH], [GRAPH, CLIENT, SERVER], LOCKED, [
      GRAPH,
      CLIENT,
      { ...SERVER, enabled: false },
    ]),
    grants: some<readonly object[]>([], [own('u-dana')], [own('u-kim')], [FOR_ALL], [FOR_ALL, own('u-dana')]),
    assigned: some<readonly object[] | null>(null, assign('u-dana'), assign('u-kim'), assign('g-1', 'Group')),
    group: some<readonly string[] | null>(null, ['u-dana'], ['u-kim']),
    status: some<'active' | 'invited' | 'suspended' | null>('active', 'invited', 'suspended', null),
    event: some<string | null>(null, 'integration_user_connected', 'integration_user_disconnected'),
    who: some(account(dana), { name: noor.name, account: null, addresses: [noor.email], outside: false }),
  });

  it('never turns what nobody can tell into a yes, nor a no without taking what the no rests on', () => {
    fc.assert(
      fc.property(scene, fc.subarray(KINDS, { minLength: 1, maxLength: 3 }), (made, taken) => {
        const rows: Record<string, readonly object[]> = {
          ...FULL,
          members: [{ ...dana, status: made.status }],
          connectors: [
            { connector: 'SharePoint', action: 'Search content', state: made.state, enabled: made.enabled },
          ],
          service_principals: made.apps,
          permission_grants: made.grants,
          ...(made.assigned ? { app_assignments: made.assigned } : {}),
          ...(made.group ? { entra_groups: [{ id: 'g-1', name: 'Claude', members: made.group }] } : {}),
          ...(made.event
            ? {
                audit_log: [
                  {
                    type: made.event,
                    at: `${TODAY}T10:00:00Z`,
                    actorEmail: dana.email,
                    detail: { mcp_server_name: 'SharePoint' },
                  },
                ],
              }
            : {}),
        };
        const profile = { claudePlan: 'enterprise' } as const;
        const look = (some: Rowed) =>
          ofPerson(some, made.who, { profile }).connectors.find(({ id }) => id === 'microsoft365_sharepoint');
        const before = look(rows as Rowed);
        const left = Object.fromEntries(
          Object.entries(rows).filter(([kind]) => !taken.includes(kind as Kind)),
        );
        const after = look(left as Rowed);
        for (const row of after?.actions ?? []) {
          if (row.result !== 'allow' && row.result !== 'ask') continue;
          const was = before?.actions.find(({ id }) => id === row.id);
          if (was === undefined || was.result === 'allow' || was.result === 'ask') continue;
          const gates: Gate[] = [was.organisation, ...(before ? [before.signIn] : [])];
          const rested = gates
            .filter(({ state }) => state === 'closed')
            .flatMap(({ evidence }) => evidence.map(({ kind }) => kind as Kind));
          // What was unknown rested on nothing that says no.
          expect(rested.some((kind) => taken.includes(kind))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
