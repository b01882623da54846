import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityRow, ConnectorRow, Permission } from '../../model/kinds.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { charterBaseline } from './baseline.ts';
import { charterInForce } from './charter-in-force.ts';
import { actionsClassified, sourceReviewed } from './classified.ts';
import { onlyChartered } from './only-chartered.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { withinCharter } from './within-charter.ts';

type Row = Partial<ConnectorRow> & { connector: string };
const rows = (connector: string, cells: Record<string, ConnectorRow['state']>): Row[] =>
  Object.entries(cells).map(([action, state]) => ({ connector, action, state }));
const ASANA = { 'Read tasks': 'allow', 'Create task': 'ask', 'Delete task': 'blocked' } as const;
const chartered = (actions: Record<string, Permission>, more: object = {}) => ({
  version: 6,
  connectors: [{ name: 'Asana', actions, ...more }],
});
const table = (list: readonly Row[], observedOn = '2026-11-24') => ({
  connectors: [reading('connectors', list, { observedOn })],
});
const event = (
  type: string,
  detail: Record<string, unknown>,
  at = '2026-11-20T15:00:00Z',
): Partial<ActivityRow> => ({ type, at, actorName: 'Ruth Ekholm', detail });
const feed = (list: readonly Partial<ActivityRow>[]) => ({
  activities: [reading('activities', list, { covers: { from: '2026-11-01', to: '2026-11-24' } })],
});

describe('connectors-within-charter', () => {
  const run = (charter: object | null, readings: Given['readings'], profile: Given['profile'] = {}) =>
    runRule(
      withinCharter,
      {},
      {
        catalogue: CATALOGUE,
        profile,
        ...(charter ? { charter: charter as Record<string, unknown> } : {}),
        ...(readings ? { readings } : {}),
      },
    );

  it('passes when every action is as approved', () => {
    const out = run(chartered(ASANA), table(rows('Asana', ASANA)));
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('3 actions of 1 enabled connector are within the charter (version 6)');
  });

  it('counts a cell as Blocked once its exception from an invariant has ended, and says so', () => {
    const charter = (until: string) => ({
      ...chartered({ ...ASANA, 'Delete task': 'allow' }),
      invariantExceptions: [{ connector: 'asana', action: 'delete task', until, reason: 'Move' }],
    });
    const set = table(rows('Asana', { ...ASANA, 'Delete task': 'allow' }));
    expect(run(charter('2026-11-24'), set).state).toBe('pass');
    const out = run(charter('2026-11-23'), set);
    expect(out.state).toBe('fail');
    expect(out.reason).toContain(
      'is Always allow; the charter (version 6) says Blocked, since its exception ended on 23 Nov 2026.',
    );
  });

  it('fails for one action that is wider and says what is and what was approved', () => {
    const out = run(
      chartered(ASANA),
      table(rows('asana', { ...ASANA, delete_task: 'ask', 'Delete task': 'ask' })),
    );
    expect(out.state).toBe('fail');
    expect(out.reason).toBe(
      'asana "Delete task" is Needs approval; the charter (version 6) says Blocked. Who changed it cannot be read on the Team plan.',
    );
    expect(out.items[0]?.key).toBe('asana/delete_task');
  });

  it('tells of a narrower action and does not fail for it', () => {
    const out = run(chartered(ASANA), table(rows('Asana', { ...ASANA, 'Read tasks': 'blocked' })));
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('is Blocked, approved as Always allow');
  });

  it('takes an action that the charter does not name for not approved, unless it is blocked', () => {
    const charter = chartered({ 'Read tasks': 'allow' });
    expect(
      run(
        charter,
        table(rows('Asana', { 'Read tasks': 'allow', 'Create task': 'blocked', 'Delete task': 'blocked' })),
      ).state,
    ).toBe('pass');
    expect(run(charter, table(rows('Asana', ASANA))).items.map((item) => item.key)).toEqual([
      'asana/create_task',
    ]);
    expect(run(chartered({ 'Read tasks': 'allow', '*': 'ask' }), table(rows('Asana', ASANA))).state).toBe(
      'pass',
    );
  });

  it('cannot compare an action that the charter names and the table leaves out', () => {
    const out = run(chartered({ ...ASANA, archive_project: 'blocked' }), table(rows('Asana', ASANA)));
    expect(out.state).toBe('cannot_read');
    expect(out.reason).toContain('archive_project');
    expect(run(chartered(ASANA), table(rows('Asana', { 'Read tasks': 'allow' }))).state).toBe('cannot_read');
  });

  it('finds what is wider even where other actions cannot be read', () => {
    expect(run(chartered(ASANA), table(rows('Asana', { 'Delete task': 'ask' }))).state).toBe('fail');
  });

  it('lets the charter of the narrower connector decide', () => {
    const charter = {
      connectors: [
        { name: 'Microsoft 365', actions: { '*': 'blocked' } },
        { name: 'SharePoint', actions: { search: 'allow' } },
      ],
    };
    const out = run(
      charter,
      table(
        rows('Microsoft 365', { sharepoint_search: 'allow', outlook_email_search: 'allow', '*': 'blocked' }),
      ),
    );
    expect(out.items.map((item) => item.key)).toEqual(['microsoft365_outlook/outlook_email_search']);
  });

  it('takes the narrower of two permissions that the charter gives one action', () => {
    expect(
      run(
        chartered({ ...ASANA, delete_task: 'ask' }),
        table(rows('Asana', { ...ASANA, 'Delete task': 'ask' })),
      ).state,
    ).toBe('fail');
  });

  it('holds a category of an unknown connector against each part of it', () => {
    const charter = {
      connectors: [
        {
          name: 'Chapter Portal',
          actions: { read: 'allow', write: 'ask', delete: 'blocked', send: 'blocked', admin: 'blocked' },
        },
      ],
    };
    const asking = table([
      { connector: 'Chapter Portal', action: 'read-only tools', state: 'allow' },
      { connector: 'Chapter Portal', action: 'write/delete tools', state: 'ask' },
    ]);
    expect(run(charter, asking).state).toBe('fail');
    const blocked = table([
      { connector: 'Chapter Portal', action: 'read-only tools', state: 'allow' },
      { connector: 'Chapter Portal', action: 'write/delete tools', state: 'blocked' },
    ]);
    expect(run(charter, blocked).state).toBe('pass');
  });

  it('cannot read without charter, without its connectors, without a table, or with an old one', () => {
    expect(run(null, table(rows('Asana', ASANA))).state).toBe('cannot_read');
    expect(run({ version: 6 }, table(rows('Asana', ASANA))).ask?.text).toContain('`connectors`');
    expect(run(chartered(ASANA), undefined).state).toBe('cannot_read');
    expect(run(chartered(ASANA), table(rows('Asana', ASANA), '2026-09-01')).state).toBe('cannot_read');
  });

  it('on Enterprise takes an event after the table for the state, and names who set it', () => {
    const change = feed([
      event('mcp_tool_policy_updated', {
        mcp_server_name: 'Asana',
        tool_name: 'delete_task',
        max_permission: 'allow',
      }),
    ]);
    const out = run(
      chartered(ASANA),
      { ...table(rows('Asana', ASANA), '2026-11-10'), ...change },
      { claudePlan: 'enterprise' },
    );
    expect(out.state).toBe('fail');
    expect(out.items[0]?.detail).toContain('Set by Ruth Ekholm on 20 Nov 2026');
    const before = run(
      chartered(ASANA),
      { ...table(rows('Asana', ASANA), '2026-11-22'), ...change },
      { claudePlan: 'enterprise' },
    );
    expect(before.state).toBe('pass');
  });

  it('on Enterprise fails by events alone, and never passes by them', () => {
    const event1 = event('mcp_tool_policy_updated', {
      mcp_server_name: 'Asana',
      tool_name: 'delete_task',
      max_permission: 'ask',
    });
    expect(run(chartered(ASANA), feed([event1]), { claudePlan: 'enterprise' }).state).toBe('fail');
    expect(run(chartered(ASANA), feed([]), { claudePlan: 'enterprise' }).state).toBe('cannot_read');
  });

  it('never passes while a listed action is wider than approved', () => {
    const permission = fc.constantFrom<Permission>('allow', 'ask', 'blocked');
    const order = { blocked: 0, ask: 1, allow: 2 };
    fc.assert(
      fc.property(
        fc.record({ read: permission, create: permission, remove: permission }),
        fc.record({ read: permission, create: permission, remove: permission }),
        (wanted, seen) => {
          const out = run(
            chartered({
              'Read tasks': wanted.read,
              create_task: wanted.create,
              'Delete tasks': wanted.remove,
            }),
            table(
              rows('ASANA', {
                'Asana: read tasks': seen.read,
                'Create task': seen.create,
                delete_task: seen.remove,
              }),
            ),
          );
          const wide = (['read', 'create', 'remove'] as const).filter(
            (key) => order[seen[key]] > order[wanted[key]],
          );
          expect(out.state).toBe(wide.length > 0 ? 'fail' : 'pass');
          expect(out.items).toHaveLength(wide.length);
        },
      ),
    );
  });
});

describe('connectors-only-chartered', () => {
  const run = (list: readonly Row[] | null, parts: Given = {}) =>
    runRule(
      onlyChartered,
      {},
      {
        catalogue: CATALOGUE,
        charter: chartered(ASANA),
        ...parts,
        readings: { ...parts.readings, ...(list ? table(list) : {}) },
      },
    );

  it('passes for approved connectors under any spelling, and fails for another', () => {
    expect(run([{ connector: 'ASANA (connector)', enabled: true }]).state).toBe('pass');
    const out = run([
      { connector: 'Asana', enabled: true },
      { connector: 'Slack', enabled: true },
    ]);
    expect(out.state).toBe('fail');
    expect(out.reason).toBe(
      'Slack is enabled and the charter (version 6) does not approve it. Who changed it cannot be read on the Team plan.',
    );
    expect(out.items[0]?.key).toBe('slack');
  });

  it('does not count a connector that is not enabled', () => {
    expect(
      run([
        { connector: 'Asana', enabled: true },
        { connector: 'Slack', enabled: false },
      ]).state,
    ).toBe('pass');
  });

  it('takes an empty charter list for an answer', () => {
    expect(run([{ connector: 'Asana' }], { charter: { connectors: [] } }).state).toBe('fail');
  });

  it('cannot read without a table, with an empty or old one, or without a charter', () => {
    expect(run(null).state).toBe('cannot_read');
    expect(run([]).state).toBe('cannot_read');
    expect(run(null, { readings: table([{ connector: 'Asana' }], '2026-08-01') }).state).toBe('cannot_read');
    expect(
      runRule(onlyChartered, {}, { catalogue: CATALOGUE, readings: table([{ connector: 'Asana' }]) }).state,
    ).toBe('cannot_read');
  });

  it('on Enterprise finds a connector that was added after the table, and drops one that was removed', () => {
    const profile = { claudePlan: 'enterprise' as const };
    const base = {
      connectors: [
        reading('connectors', [{ connector: 'Asana' }, { connector: 'Slack' }], { observedOn: '2026-11-10' }),
      ],
    };
    const removed = feed([event('mcp_server_deleted', { mcp_server_name: 'Slack' })]);
    expect(run(null, { profile, readings: { ...base, ...removed } }).state).toBe('pass');
    const added = feed([
      event('mcp_server_deleted', { mcp_server_name: 'Slack' }),
      event('mcp_server_created', { mcp_server_name: 'Notion' }, '2026-11-21T09:00:00Z'),
    ]);
    const out = run(null, { profile, readings: { ...base, ...added } });
    expect(out.items.map((item) => item.detail)).toEqual([
      'Enabled, not in the charter (version 6). Added by Ruth Ekholm on 21 Nov 2026.',
    ]);
  });
});

describe('charter-baseline', () => {
  const run = (charter: object) =>
    runRule(charterBaseline, {}, { catalogue: CATALOGUE, charter: charter as Record<string, unknown> });

  it('passes at the baseline and below, and fails above it without a reason', () => {
    expect(run(chartered(ASANA)).state).toBe('pass');
    expect(run(chartered({ '*': 'blocked' })).state).toBe('pass');
    const out = run(chartered({ ...ASANA, 'Delete task': 'ask' }));
    expect(out.state).toBe('fail');
    expect(out.items[0]).toMatchObject({
      key: 'asana/delete_task',
      detail: 'The charter says Needs approval; the guide says Blocked.',
    });
  });

  it('accepts a looser cell that gives its reason, and tells it', () => {
    const out = run(
      chartered(
        { ...ASANA, 'Delete task': 'ask' },
        { justifications: { delete_task: 'The board office tidies its own board.' } },
      ),
    );
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('Asana "Delete task"');
  });

  it('looks at what `*` and a class cover', () => {
    expect(run(chartered({ '*': 'ask' })).items.map((item) => item.key)).toEqual(['asana/delete_task']);
    expect(
      run(chartered({ read: 'allow', write: 'allow', delete: 'blocked' })).items.map((item) => item.key),
    ).toEqual(['asana/create_task']);
  });

  it('asks what an unclassified action does where it would be looser as a write, and accuses nobody', () => {
    const portal = (more: object) => run({ connectors: [{ name: 'Chapter Portal', ...more }] });
    const asked = portal({ actions: { find: 'allow' } });
    expect(asked).toMatchObject({ state: 'cannot_read' });
    expect(asked.ask?.text).toContain('Chapter Portal "find"');
    expect(portal({ actions: { find: 'ask' } }).state).toBe('pass');
    expect(portal({ isAms: true, actions: { find: 'ask' } }).state).toBe('cannot_read');
    expect(portal({ isAms: true, actions: { find: 'ask' }, effects: { find: 'read' } }).state).toBe('pass');
    expect(portal({ isAms: true, actions: { find: 'ask' }, effects: { find: 'write' } }).state).toBe('fail');
    expect(portal({ isAms: true, actions: { '*': 'ask' } }).state).toBe('fail');
  });

  it('cannot read without connectors in the charter', () => {
    expect(run({ version: 2 }).state).toBe('cannot_read');
    expect(runRule(charterBaseline, {}, { catalogue: CATALOGUE }).state).toBe('cannot_read');
    expect(run({ connectors: [] }).state).toBe('not_applicable');
  });
});

describe('charter-in-force', () => {
  const whole = { version: 6, inForceSince: '2026-09-01', approvedBy: ['Ingrid Solheim'], connectors: [] };
  const run = (charter: object | null) =>
    runRule(charterInForce, {}, charter ? { charter: charter as Record<string, unknown> } : {});

  it('passes when approved and in force', () => expect(run(whole).state).toBe('pass'));
  it('waits for its first day', () =>
    expect(run({ ...whole, inForceSince: '2026-12-01' })).toMatchObject({
      state: 'pending',
      due: '2026-12-01',
    }));
  it('fails when nobody approved it', () => expect(run({ ...whole, approvedBy: [] }).state).toBe('fail'));
  it('asks for what is not stated', () => {
    expect(run(null).state).toBe('cannot_read');
    for (const key of Object.keys(whole)) {
      const out = run(Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key)));
      expect(out.state).toBe('cannot_read');
      expect(out.ask?.text).toContain(`\`${key}\``);
    }
  });
});

describe('actions-classified and source-permissions-reviewed', () => {
  const classify = (more: object, actions: Record<string, Permission> = ASANA) =>
    runRule(actionsClassified, { days: 365 }, { catalogue: CATALOGUE, charter: chartered(actions, more) });
  const review = (more: object) =>
    runRule(sourceReviewed, { days: 365 }, { catalogue: CATALOGUE, charter: chartered(ASANA, more) });

  it('pass with a day of the last year', () => {
    expect(classify({ actionsClassified: '2026-08-01' }).state).toBe('pass');
    expect(review({ sourceReviewed: '2026-08-01' }).state).toBe('pass');
  });

  it('cannot read without a day, with an old one or one that has not come', () => {
    for (const day of [undefined, '2025-08-01', '2026-12-01']) {
      expect(classify(day ? { actionsClassified: day } : {}).state).toBe('cannot_read');
      expect(review(day ? { sourceReviewed: day } : {}).state).toBe('cannot_read');
    }
    expect(runRule(actionsClassified, { days: 365 }, {}).state).toBe('cannot_read');
    expect(runRule(sourceReviewed, { days: 365 }, {}).state).toBe('cannot_read');
  });

  it('fails for an action that neither catalogue nor charter classifies', () => {
    const actions = { ...ASANA, archive_project: 'blocked' } as const;
    expect(classify({ actionsClassified: '2026-08-01' }, actions).items.map((item) => item.label)).toEqual([
      'Asana "archive_project"',
    ]);
    expect(
      classify({ actionsClassified: '2026-08-01', effects: { 'Archive project': 'write' } }, actions).state,
    ).toBe('pass');
  });
});
// Guide: G1.1-02 G1.1-03 G2.1-03 G2.1-04 G2.2-13 G2.2-17 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25
// Guide: G2.2-26 G2.2-27 G2.2-28 G2.2-29 G3.1-01 G3.1-02 G3.1-03 G3.1-04 G3.4-01 G3.4-02 G5.5-02 G7.1-01
// Guide: G7.1-07 G7.2-20 GA-07
