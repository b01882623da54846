import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../model/kinds.ts';
import { type Given, runRule } from '../../testing/build.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { ASANA, chartered, event, feed, rows, table } from './testing/charter.ts';
import { withinCharter } from './within-charter.ts';

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

  it('counts a permission as Blocked once its exception has ended, and says so', () => {
    const charter = (until: string) => ({
      ...chartered({ ...ASANA, 'Delete task': 'allow' }),
      invariantExceptions: [{ connector: 'asana', action: 'delete task', until, reason: 'Move' }],
    });
    const set = table(rows('Asana', { ...ASANA, 'Delete task': 'allow' }));
    expect(run(charter('2026-11-24'), set).state).toBe('pass');
    const out = run(charter('2026-11-23'), set);
    expect(out.state).toBe('fail');
    expect(out.reason).toContain(
      'is set to Always allow, but the charter (version 6) calls for Blocked now that its exception ended on Nov 23, 2026.',
    );
  });

  it('fails for one action that is wider, and says what is set and what was approved', () => {
    const out = run(
      chartered(ASANA),
      table(rows('asana', { ...ASANA, delete_task: 'ask', 'Delete task': 'ask' })),
    );
    expect(out.state).toBe('fail');
    expect(out.reason).toBe(
      'Asana “Delete task” is set to Needs approval, but the charter (version 6) calls for Blocked. Who changed it cannot be read on the Team plan.',
    );
    expect(out.items[0]?.key).toBe('asana/delete_task');
  });

  it('reports a narrower action and does not fail for it', () => {
    const out = run(chartered(ASANA), table(rows('Asana', { ...ASANA, 'Read tasks': 'blocked' })));
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('is Blocked, approved as Always allow');
  });

  it('counts an action that is not in the charter as not approved, unless it is blocked', () => {
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

  it('finds what is wider even if other actions cannot be read', () => {
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

  it('uses the narrower of two permissions in the charter for one action', () => {
    expect(
      run(
        chartered({ ...ASANA, delete_task: 'ask' }),
        table(rows('Asana', { ...ASANA, 'Delete task': 'ask' })),
      ).state,
    ).toBe('fail');
  });

  it('compares a category of an unknown connector with each part of it', () => {
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

  it('on Enterprise takes the state from an event after the table, and names who set it', () => {
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
    expect(out.items[0]?.detail).toContain('Set by Ruth Ekholm on Nov 20, 2026');
    const before = run(
      chartered(ASANA),
      { ...table(rows('Asana', ASANA), '2026-11-22'), ...change },
      { claudePlan: 'enterprise' },
    );
    expect(before.state).toBe('pass');
  });

  it('on Enterprise can fail on events alone, but never pass', () => {
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
// Guide: G1.1-02 G1.1-03 G2.1-03 G2.1-04 G2.2-13 G2.2-17 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25
// Guide: G2.2-26 G2.2-27 G2.2-28 G2.2-29 G3.1-01 G3.1-02 G3.1-03 G3.1-04 G3.4-01 G3.4-02 G5.5-02 G7.1-01
// Guide: G7.1-07 G7.2-20 GA-07
