import { describe, expect, it } from 'vitest';
import type { ConnectorRow } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { alwaysAllow } from './always-allow.ts';
import { amsReadOnly } from './ams-read-only.ts';
import { limitEffects } from './limit-effects.ts';
import { statesSet } from './states-set.ts';
import { CATALOGUE, FONTEVA, SALESFORCE } from './testing/catalogue.ts';
import { withinCharter } from './within-charter.ts';

type Row = Partial<ConnectorRow> & { connector: string };
const rows = (connector: string, cells: Record<string, ConnectorRow['state'] | string>): Row[] =>
  Object.entries(cells).map(([action, state]) =>
    state === 'allow' || state === 'ask' || state === 'blocked' || state === null
      ? { connector, action, state }
      : { connector, action, state: null, stateText: state },
  );
const given = (table: readonly Row[] | null, more: Given = {}): Given => ({
  catalogue: CATALOGUE,
  ...more,
  ...(table ? { readings: { ...more.readings, connectors: [reading('connectors', table)] } } : {}),
});

const ASANA = { 'Read tasks': 'allow', 'Create task': 'ask', 'Delete task': 'blocked' } as const;
const blockedRule = {
  effects: ['delete', 'send', 'admin'],
  atMost: 'blocked',
} as const;
const askRule = { effects: ['write'], atMost: 'ask' } as const;
const limit = (params: typeof blockedRule | typeof askRule, parts: Given) =>
  runRule(limitEffects, { ...params, effects: [...params.effects] }, parts);

/** An event about a connector that the table lacks. */
const besideTable: Given = {
  profile: { claudePlan: 'enterprise' },
  readings: {
    activities: [
      reading('activities', [
        {
          type: 'mcp_server_updated',
          at: '2026-11-24T15:00:00Z',
          detail: { mcp_server_name: 'Dues exporter' },
        },
      ]),
    ],
  },
};

const stale = (table: readonly Row[]): Given => ({
  catalogue: CATALOGUE,
  readings: { connectors: [reading('connectors', table, { observedOn: '2026-09-01' })] },
});

describe('connector-states-set', () => {
  const run = (parts: Given) => runRule(statesSet, {}, parts);

  it('passes when each known action has a state, and counts them', () => {
    const out = run(given(rows('Asana', ASANA)));
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('3 actions of 1 enabled connector');
    expect(out.evidence.length).toBeGreaterThan(0);
  });

  it('does not pass on lines from before the connector was removed and added again', () => {
    const profile = { claudePlan: 'enterprise' as const };
    const event = (type: string, at: string, mcp_server_name = 'Asana') => ({
      type,
      at,
      detail: { mcp_server_name },
    });
    const after = (day: string, on: string) =>
      run(
        given(null, {
          profile,
          readings: {
            connectors: [reading('connectors', rows('Asana', ASANA), { observedOn: on })],
            activities: [
              reading(
                'activities',
                [
                  event('mcp_server_deleted', `${day}T14:00:00Z`),
                  event('mcp_server_created', `${day}T15:00:00Z`),
                ],
                { covers: { from: '2026-09-01', to: '2026-11-24' } },
              ),
            ],
          },
        }),
      );
    expect(after('2026-11-18', '2026-11-10').state).toBe('cannot_read');
    expect(after('2026-11-18', '2026-11-10').reason).toContain('Asana was added after the connectors table');
    expect(after('2026-11-10', '2026-11-10').state).toBe('cannot_read');
    expect(after('2026-11-09', '2026-11-10').state).toBe('pass');
    const journal = {
      approvedChanges: [
        { on: '2026-11-12', connector: 'Asana', action: '*', to: 'removed', approvedBy: 'Ingrid Solheim' },
        { on: '2026-11-18', connector: 'asana', action: '*', to: 'added', approvedBy: 'Ingrid Solheim' },
      ],
    };
    const team = (observedOn: string) =>
      run({
        catalogue: CATALOGUE,
        journal,
        readings: { connectors: [reading('connectors', rows('Asana', ASANA), { observedOn })] },
      }).state;
    expect([team('2026-11-10'), team('2026-11-19')]).toEqual(['cannot_read', 'pass']);
  });

  it('fails for an empty cell and names it', () => {
    const out = run(given(rows('Asana', { ...ASANA, 'Delete task': '' })));
    expect(out.state).toBe('fail');
    expect(out.items.map((item) => item.key)).toEqual(['asana/delete_task']);
  });

  it('cannot read an action that the table leaves out, or a state that it does not understand', () => {
    expect(run(given(rows('Asana', { 'Read tasks': 'allow' }))).state).toBe('cannot_read');
    expect(run(given(rows('Asana', { ...ASANA, 'Delete task': 'see mail' }))).state).toBe('cannot_read');
    expect(run(given([{ connector: 'Chapter Portal', enabled: true }])).reason).toContain(
      'lists no action of Chapter Portal',
    );
  });

  it('cannot read an action with two states, since it has one of them', () => {
    const twice = [...rows('Asana', ASANA), ...rows('Asana', { 'Read tasks': 'blocked' })];
    const out = run(given(twice));
    expect([out.state, out.items.map((item) => item.key)]).toEqual(['cannot_read', ['asana/read_tasks']]);
    // A duplicate line counts once.
    expect(run(given([...rows('Asana', ASANA), ...rows('Asana', ASANA)])).state).toBe('pass');
  });

  it('cannot read without a table, with an empty one, or with an old one', () => {
    expect(run(given(null)).state).toBe('cannot_read');
    expect(run(given([])).state).toBe('cannot_read');
    expect(run(stale(rows('Asana', ASANA))).state).toBe('cannot_read');
  });

  it('does not ask for states of a connector that is not enabled', () => {
    expect(run(given([{ connector: 'Asana', action: null, enabled: false }])).state).toBe('pass');
  });
});

describe('an unknown connector without approval', () => {
  const listed = { 'Read items': 'blocked', 'Delete items': 'blocked' } as const;
  const EFFECTS = { 'Read items': 'read', 'Delete items': 'delete' };
  const portal = (...actions: readonly string[]) => ({
    charter: {
      version: 1,
      connectors:
        actions.length === 0
          ? []
          : [{ name: 'Chapter Portal', actions: { [actions[0] ?? '']: 'blocked' }, effects: EFFECTS }],
    },
  });
  const decideAll = (parts: Given) => ({
    set: runRule(statesSet, {}, parts),
    charter: runRule(withinCharter, {}, parts),
    blocked: limit(blockedRule, parts),
    ask: limit(askRule, parts),
    allow: runRule(alwaysAllow, {}, parts),
  });
  const states = (found: ReturnType<typeof decideAll>) => Object.values(found).map(({ state }) => state);

  it('leaves open what it may do beyond the listed tools', () => {
    const found = decideAll(given(rows('Chapter Portal', listed), portal()));
    expect(states(found)).toEqual(Array(5).fill('cannot_read'));
    for (const { reason } of Object.values(found))
      expect(reason).toContain('Chapter Portal, all other actions is not in the table');
  });

  it('passes if a line covers all other actions or both categories', () => {
    for (const table of [
      { ...listed, '*': 'blocked' },
      { 'read-only tools': 'blocked', 'write/delete tools': 'blocked' },
    ] as const)
      expect(states(decideAll(given(rows('Chapter Portal', table), portal())))).toEqual(
        Array(5).fill('pass'),
      );
  });

  it('treats the listed tools of an approved connector as complete', () => {
    const found = decideAll(given(rows('Chapter Portal', listed), portal('Read items')));
    expect(states(found)).toEqual(Array(5).fill('pass'));
  });
});

describe('connector-effects-at-most', () => {
  it('passes when what deletes is blocked, and fails when it asks', () => {
    expect(limit(blockedRule, given(rows('Asana', ASANA))).state).toBe('pass');
    const out = limit(blockedRule, given(rows('Asana', { ...ASANA, 'Delete task': 'ask' })));
    expect(out.state).toBe('fail');
    expect(out.reason).toContain('Asana “Delete task” is Needs approval');
    expect(out.reason).toContain('Who changed it cannot be read on the Team plan.');
  });

  it('applies a category line to the actions it covers', () => {
    const table = rows('Outlook', { 'read-only tools': 'allow', 'write/delete tools': 'ask' });
    const out = limit(blockedRule, given(table));
    expect(out.items.map((item) => item.key).sort()).toEqual([
      'microsoft365_outlook/outlook_send_draft',
      'microsoft365_outlook/outlook_send_mail',
      'microsoft365_outlook/outlook_trash_thread',
    ]);
  });

  it('cannot tell of an unlisted deletion, even when everything listed is right', () => {
    const out = limit(blockedRule, given(rows('Asana', { 'Read tasks': 'allow', 'Create task': 'ask' })));
    expect(out.state).toBe('cannot_read');
    expect(out.ask?.text).toContain('Asana “Delete task”');
  });

  it('does not treat a blocked send as a blocked send draft', () => {
    const table = rows('Outlook', {
      'Send e-mail': 'blocked',
      outlook_trash_thread: 'blocked',
      'read-only tools': 'allow',
      outlook_untrash_thread: 'ask',
    });
    const out = limit(blockedRule, given(table));
    expect(out.state).toBe('cannot_read');
    expect(out.reason).toContain('Send draft');
  });

  it.each(['Send / post', 'Reply, forward', 'Create / edit / delete', 'Manage and configure'])(
    'takes %j for the kinds of actions that its verbs name',
    (action) => {
      const state = (permission: ConnectorRow['state']) =>
        limit(blockedRule, given(rows('Chapter Portal', { [action]: permission, '*': 'blocked' }))).state;
      expect(state('ask')).toBe('fail');
      expect(state('blocked')).toBe('pass');
    },
  );

  it('takes a verb with an object for no kind of actions', () => {
    const table = rows('Chapter Portal', {
      create_or_update_list: 'ask',
      'Create list': 'ask',
      '*': 'blocked',
    });
    expect(limit(blockedRule, given(table)).code).toBe('connectors.limit_effects.effects_unknown');
  });

  it('asks what an unknown action does before failing or passing it', () => {
    const table = rows('Chapter Portal', { purge: 'ask', '*': 'blocked' });
    expect(limit(blockedRule, given(table)).state).toBe('cannot_read');
    expect(limit(askRule, given(table)).state).toBe('pass');
    expect(limit(askRule, given(rows('Chapter Portal', { purge: 'allow' })))).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('Chapter Portal “purge”') },
    });
    expect(limit(askRule, given(rows('Chapter Portal', { '*': 'allow' }))).state).toBe('fail');
  });

  it('names the unknown action if the table also leaves out a connector', () => {
    const out = limit(blockedRule, given(rows('Chapter Portal', { purge: 'ask' }), besideTable));
    expect(out).toMatchObject({ state: 'cannot_read', items: [{ label: expect.stringContaining('purge') }] });
    expect(out.ask?.text).toContain('Chapter Portal “purge”');
    expect(out.ask?.text).toContain('Add Dues exporter to the connectors table');
  });

  it('uses the classification of the charter for an unknown action, but never over the catalogue', () => {
    const charter = {
      connectors: [{ name: 'Chapter Portal', actions: { '*': 'ask' }, effects: { purge: 'delete' } }],
    };
    expect(limit(blockedRule, given(rows('Chapter Portal', { purge: 'ask' }), { charter })).state).toBe(
      'fail',
    );
    const lie = {
      connectors: [{ name: 'Asana', actions: { '*': 'ask' }, effects: { 'Delete task': 'read' } }],
    };
    expect(
      limit(blockedRule, given(rows('Asana', { ...ASANA, 'Delete task': 'ask' }), { charter: lie })).state,
    ).toBe('fail');
  });

  it('cannot read without a table or with an old one', () => {
    expect(limit(blockedRule, given(null)).state).toBe('cannot_read');
    expect(limit(blockedRule, stale(rows('Asana', ASANA))).state).toBe('cannot_read');
  });
});

describe('connector-always-allow', () => {
  const run = (parts: Given) => runRule(alwaysAllow, {}, parts);

  it('passes for what the guide recommends, and fails for a write', () => {
    expect(run(given(rows('Asana', ASANA))).state).toBe('pass');
    const out = run(given(rows('Asana', { ...ASANA, 'Create task': 'allow' })));
    expect(out.state).toBe('fail');
    expect(out.items.map((item) => item.key)).toEqual(['asana/create_task']);
  });

  it('accepts a reason of the charter for that action, and not for another', () => {
    const table = rows('Asana', { ...ASANA, 'Create task': 'allow' });
    const charter = (justifications: Record<string, string>) => ({
      connectors: [{ name: 'Asana', actions: { '*': 'allow' }, justifications }],
    });
    expect(
      run(given(table, { charter: charter({ 'Create task': 'Drafts only, removed each night.' }) })).state,
    ).toBe('pass');
    expect(run(given(table, { charter: charter({ 'Delete task': 'x' }) })).state).toBe('fail');
  });

  it('asks how sensitive an unknown system is, once its action is classified as a read', () => {
    const charter = (sensitivity?: string) => ({
      connectors: [
        {
          name: 'Chapter Portal',
          actions: { '*': 'allow' },
          effects: { find: 'read' },
          ...(sensitivity ? { sensitivity } : {}),
        },
      ],
    });
    const table = rows('Chapter Portal', { find: 'allow' });
    expect(run(given(table)).ask?.text).toContain('`effects`');
    expect(run(given(table, { charter: charter() })).ask?.text).toContain('`sensitivity`');
    expect(run(given(table, { charter: charter('low') })).state).toBe('pass');
    expect(run(given(table, { charter: charter('high') })).state).toBe('fail');
  });

  it('names the unknown action if the table also leaves out a connector', () => {
    const out = run(given(rows('Chapter Portal', { find: 'allow' }), besideTable));
    expect(out).toMatchObject({ state: 'cannot_read', items: [{ label: expect.stringContaining('find') }] });
    expect(out.ask?.text).toContain('Chapter Portal “find”');
    expect(out.ask?.text).toContain('Add Dues exporter to the connectors table');
  });

  it('cannot read if a state is missing or the table is old', () => {
    expect(run(given(rows('Asana', { 'Read tasks': 'allow' }))).state).toBe('cannot_read');
    expect(run(stale(rows('Asana', ASANA))).state).toBe('cannot_read');
    expect(run(given(null)).state).toBe('cannot_read');
  });
});

describe('ams-read-only', () => {
  const run = (parts: Given) => runRule(amsReadOnly, {}, parts);
  const ams = { ams: { name: 'Alder Members', methods: ['custom_mcp'] } };

  it('passes for reads with all else blocked, and fails for anything else', () => {
    expect(
      run(given(rows('iMIS', { 'Read member records': 'allow', 'Change member records': 'blocked' }))).state,
    ).toBe('pass');
    const out = run(given(rows('iMIS', { 'Read member records': 'allow', 'Change member records': 'ask' })));
    expect(out.state).toBe('fail');
    expect(out.items.map((item) => item.key)).toEqual(['imis/write_members']);
  });

  it('asks whether an unknown action only reads, and counts the default for everything else as able to change records', () => {
    const asked = run(
      given(rows('iMIS', { 'read-only tools': 'allow', 'write/delete tools': 'blocked', find_dues: 'ask' })),
    );
    expect(asked.state).toBe('cannot_read');
    expect(asked.ask?.text).toContain('iMIS “find_dues”');
    const both = run(given(rows('iMIS', { 'Change member records': 'ask', find_dues: 'ask' })));
    expect(both.state).toBe('fail');
    expect(both.items.map(({ key }) => key)).toEqual(['imis/write_members']);
    expect(
      run(
        given(
          rows('iMIS', { 'Read member records': 'allow', 'Change member records': 'blocked', '*': 'ask' }),
        ),
      ).state,
    ).toBe('fail');
  });

  it('counts what the table itself calls a membership system, beside another one', () => {
    const judge = (system: string, more: object = {}) =>
      run({
        ...given([
          ...rows('iMIS', { 'Read member records': 'allow', 'Change member records': 'blocked' }),
          ...rows('Guild Base', { Search: 'allow', 'Update contact': 'ask' }).map((row) => ({
            ...row,
            system,
          })),
        ]),
        charter: { connectors: [{ name: 'Guild Base', actions: { '*': 'ask' }, ...more }] },
      });
    expect(judge('Membership database')).toMatchObject({
      state: 'fail',
      code: 'connectors.ams_read_only.can_change',
    });
    expect(judge('Membership database', { isAms: false }).state).toBe('pass');
    expect(judge('Project management').state).toBe('pass');
  });

  it('goes by the name of an unclassified action if the name implies a change', () => {
    const rest = { 'read-only tools': 'allow', 'write/delete tools': 'blocked' } as const;
    const open = run(given(rows('iMIS', { ...rest, 'Refund payment': 'ask' })));
    expect(open).toMatchObject({
      state: 'fail',
      items: [{ detail: expect.stringContaining('Going by its name, it changes or sends something.') }],
    });
    expect(run(given(rows('iMIS', { ...rest, 'Refund payment': 'blocked' }))).state).toBe('pass');
    expect(run(given(rows('iMIS', { ...rest, 'Refund history': 'ask' }))).state).toBe('cannot_read');
  });

  it('names the unknown action if the table also leaves out a connector', () => {
    const updated = {
      type: 'mcp_server_updated',
      at: '2026-11-24T15:00:00Z',
      detail: { mcp_server_name: 'Dues exporter' },
    };
    const out = run(
      given(rows('iMIS', { 'read-only tools': 'allow', 'write/delete tools': 'blocked', find_dues: 'ask' }), {
        profile: { claudePlan: 'enterprise' },
        readings: { activities: [reading('activities', [updated])] },
      }),
    );
    expect(out.state).toBe('cannot_read');
    expect(out.items).toHaveLength(1);
    expect(out.ask?.text).toContain('iMIS “find_dues”');
    expect(out.ask?.text).toContain('Add Dues exporter to the connectors table');
  });

  it('knows the membership system by the charter, whatever it is called', () => {
    const table = rows('Alder Members MCP', { find_member: 'allow' });
    expect(run(given(table, { charter: ams })).ask?.text).toContain('Alder Members MCP “find_member”');
    expect(
      run(
        given(table, {
          charter: {
            connectors: [
              {
                name: 'Alder Members',
                isAms: true,
                actions: { '*': 'blocked' },
                effects: { find_member: 'read' },
              },
            ],
          },
        }),
      ).state,
    ).toBe('pass');
  });

  it('asks which custom connector reaches the membership system if the charter does not say', () => {
    expect(run(given(rows('Chapter Portal', { find: 'allow' }))).state).toBe('cannot_read');
    const charter = { connectors: [{ name: 'Chapter Portal', isAms: false, actions: {} }] };
    expect(run(given(rows('Chapter Portal', { find: 'allow' }), { charter })).state).toBe('pass');
  });

  it('asks about an unapproved server, even if the charter uses no membership system', () => {
    const charter = { ams: { name: 'iMIS', methods: ['none'] } };
    const open = run(given(rows('Chapter Portal', { find: 'allow' }), { charter }));
    expect(open).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.ams_read_only.connectors_unknown',
    });
    expect(open.reason).toContain('Chapter Portal');
    const shut = run(given(rows('Chapter Portal', { find: 'blocked', '*': 'blocked' }), { charter }));
    expect(shut).toMatchObject({
      state: 'not_applicable',
      code: 'connectors.ams_read_only.not_used_by_charter',
    });
    const approved = { ams: ams.ams, connectors: [{ name: 'Chapter Portal', actions: {} }] };
    expect(run(given(rows('Chapter Portal', { find: 'allow' }), { charter: approved })).state).toBe(
      'cannot_read',
    );
  });

  it('asks whether a CRM holds the members until the charter says which system does', () => {
    const table = rows('Salesforce', { 'Read contacts': 'allow', 'Update records': 'ask' });
    const catalogue = { connectors: [...CATALOGUE.connectors, SALESFORCE, FONTEVA] };
    const by = (charter: Record<string, unknown>) => run(given(table, { charter, catalogue }));
    expect(by({})).toMatchObject({
      state: 'cannot_read',
      code: 'connectors.ams_read_only.connectors_unknown',
      ask: { text: expect.stringContaining('name the membership system under `ams`') },
    });
    expect(by({ ams: { name: 'iMIS', methods: ['manual_upload'] } })).toMatchObject({ state: 'pass' });
    const stated = (isAms: boolean) => ({ connectors: [{ name: 'Salesforce', isAms, actions: {} }] });
    expect(by(stated(false)).state).toBe('pass');
    // Fonteva keeps its records in Salesforce.
    const fonteva = { ams: { name: 'Fonteva', methods: ['none'] } };
    expect(by(fonteva).state).toBe('fail');
    expect(by({ ...stated(false), ...fonteva }).state).not.toBe('fail');
  });

  it('cannot read a partly listed system, a missing table or an old one', () => {
    expect(run(given(rows('Alder Members', { 'read-only tools': 'allow' }), { charter: ams })).state).toBe(
      'cannot_read',
    );
    expect(run(given([{ connector: 'iMIS', enabled: true }])).state).toBe('cannot_read');
    expect(run(given(null, { charter: ams })).state).toBe('cannot_read');
    expect(run(stale(rows('iMIS', { '*': 'blocked' }))).state).toBe('cannot_read');
  });
});
// Guide: G1.1-03 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29 G2.2-30
// Guide: G3.3-05 G3.4-02 G7.1-01 G7.2-20 GA-07
