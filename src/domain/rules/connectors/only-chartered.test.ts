import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { onlyChartered } from './only-chartered.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { ASANA, chartered, event, feed, type Row, table } from './testing/charter.ts';

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

  it('accepts an empty charter list as an answer', () => {
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

  it('compares with the lockdown until a charter names connectors, unless the charter is unusable', () => {
    const locked = {
      catalogue: CATALOGUE,
      journal: { lockdown: { on: '2026-11-01', by: 'Dana Whitlock' } },
      readings: table([{ connector: 'Asana' }]),
    };
    expect(runRule(onlyChartered, {}, locked).state).toBe('fail');
    const unusable = { charter: 'The charter cannot be read.' };
    expect(runRule(onlyChartered, {}, { ...locked, unusable })).toMatchObject({
      state: 'cannot_read',
      reason: 'The charter cannot be read.',
    });
  });

  it('does not compare with the lockdown while an earlier version is in force', () => {
    const later = (version?: number) =>
      run([{ connector: 'Asana' }], {
        charter: { ...chartered(ASANA), inForceSince: '2026-12-01', version },
        journal: { lockdown: { on: '2026-11-01', by: 'Dana Whitlock' } },
      }).state;
    expect([later(1), later(2), later()]).toEqual(['fail', 'cannot_read', 'cannot_read']);
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
      'Enabled; the charter (version 6) does not approve it. Added by Ruth Ekholm on Nov 21, 2026.',
    ]);
  });
});
// Guide: G7.1-01 G7.1-07
