import { describe, expect, it } from 'vitest';
import type { ActivityRow, RosterRow, TelemetryRow } from '../../model/kinds.ts';
import { type Given, reading, runRule, TODAY } from '../../testing/build.ts';
import { leaversConnectors } from '../connectors/leavers.ts';
import { usedConnectors } from '../connectors/used-connectors.ts';
import { apiKeyMakers } from './api-key-makers.ts';
import { callsInBulk } from './calls-in-bulk.ts';
import { ASANA } from './testing.ts';
import { writeActions } from './write-actions.ts';

const MARA = 'mara@alder.example.org';
let made = 0;
const call = (more: Partial<TelemetryRow> = {}): Partial<TelemetryRow> => {
  made += 1;
  return {
    id: `t${made}`,
    at: '2026-11-20T15:00:00.000Z',
    type: 'tool_result',
    category: 'tool_call',
    surface: 'cowork',
    person: MARA,
    organization: null,
    connector: 'Asana',
    tool: 'create_task',
    effect: 'write',
    outcome: 'success',
    ...more,
  };
};
const sent = (rows: readonly Partial<TelemetryRow>[]) => ({ telemetry: [reading('telemetry', rows)] });
const reads = { connectors: [{ name: 'Asana', actions: { 'Read task': 'allow', '*': 'blocked' } }] };

describe('write-actions from telemetry', () => {
  const decide = (rows: readonly Partial<TelemetryRow>[], analytics = true) =>
    runRule(
      writeActions,
      { days: 1 },
      {
        charter: reads,
        catalogue: { connectors: [ASANA] },
        readings: {
          ...sent(rows),
          ...(analytics
            ? {
                analytics_connectors: [
                  reading(
                    'analytics_connectors',
                    [{ connector: 'asana', reads: 1, writes: 0, unclassified: 0 }],
                    { covers: { from: TODAY, to: TODAY } },
                  ),
                ],
              }
            : {}),
        },
      },
    );
  it('distinguishes executed calls from attempted ones', () => {
    expect(decide([call()])).toMatchObject({
      state: 'fail',
      items: [{ key: 'asana', detail: expect.stringMatching(/^1 write call \([a-z_]+\) by /) }],
    });
    for (const tool of [null, '', ' '])
      for (const { detail } of decide([call({ tool })]).items) expect(detail).not.toMatch(/\(\s*\)/);
    const tried = decide([
      call({ outcome: 'failure' }),
      call({ category: 'tool_decision', outcome: 'rejected' }),
    ]);
    expect(tried.state).toBe('pass');
    expect(tried.reason).toContain(
      `Attempted, and failed or refused: Asana (2 attempts to write (create_task) by ${MARA} (2 calls))`,
    );
    const both = decide([call(), call({ outcome: 'rejected' })]);
    expect(both.state).toBe('fail');
    expect(both.reason).toContain('1 write call');
    expect(both.reason).toContain('1 attempt to write');
  });
  it('does not pass while it is not known whether a write ran', () => {
    expect(decide([call({ outcome: null })]).state).toBe('cannot_read');
    expect(decide([call({ outcome: 'failure' })], false).state).toBe('cannot_read');
  });

  it('asks about an action that no one has classified, unless the call failed', () => {
    expect(decide([call({ tool: 'frobnicate_tasks', effect: 'unknown' })])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Asana “frobnicate_tasks”'),
      items: [{ detail: expect.stringContaining(MARA) }],
    });
    for (const outcome of ['failure', 'rejected'] as const)
      expect(decide([call({ tool: 'frobnicate_tasks', effect: 'unknown', outcome })]).state).toBe('pass');
  });
});

describe('write-actions at an action that the charter blocks', () => {
  const charter = (more: object = {}) => ({
    inForceSince: '2026-09-01',
    connectors: [{ name: 'Asana', actions: { 'Read task': 'allow', create_task: 'blocked', '*': 'ask' } }],
    ...more,
  });
  const decide = (rows: readonly Partial<TelemetryRow>[], more: object = {}) =>
    runRule(
      writeActions,
      { days: 1 },
      { charter: charter(more), catalogue: { connectors: [ASANA] }, readings: sent(rows) },
    );

  it('fails if the action ran, and names it and the person', () => {
    expect(decide([call()])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 action in use that the charter blocks: Asana “create_task”'),
      items: [{ key: 'asana/create_task', detail: expect.stringContaining(MARA) }],
    });
  });

  it('does not fail if the block held, the action is open or the charter is newer', () => {
    expect(decide([call({ outcome: 'rejected' })]).state).toBe('cannot_read');
    expect(decide([call()], { inForceSince: '2026-11-21' }).state).toBe('cannot_read');
    const open = [{ name: 'Asana', actions: { create_task: 'ask', '*': 'blocked' } }];
    expect(decide([call()], { connectors: open }).state).toBe('cannot_read');
  });
});

describe('used-connectors-chartered from telemetry', () => {
  const decide = (rows: readonly Partial<TelemetryRow>[], plan: 'team' | 'enterprise' = 'team') =>
    runRule(
      usedConnectors,
      {},
      {
        charter: reads,
        profile: { claudePlan: plan },
        catalogue: { connectors: [ASANA] },
        readings: sent(rows),
      },
    );
  it('finds connectors in use on every plan and by whom, and does not count failed calls', () => {
    const found = decide([call({ connector: 'Dropbox', tool: 'search' }), call()]);
    expect(found).toMatchObject({ state: 'fail', items: [{ label: 'Dropbox' }] });
    expect(found.reason).toContain(MARA);
    expect(decide([call({ connector: 'Dropbox' })], 'enterprise').state).toBe('fail');
    for (const outcome of ['failure', 'rejected'] as const)
      expect(decide([call({ connector: 'Dropbox', outcome })]).state).toBe('cannot_read');
  });
  it('never passes on telemetry', () => {
    expect(decide([call()]).state).toBe('cannot_read');
  });
});

describe('a server for several connectors', () => {
  const suite = (id: string, tool: string, effect: 'read' | 'write') => ({
    ...ASANA,
    id,
    name: id === 'mail' ? 'Suite (Mail)' : 'Suite (Files)',
    aliases: ['Suite'],
    actions: [{ id: tool, title: tool, aliases: [], effect, baseline: null }],
  });
  const catalogue = {
    connectors: [suite('files', 'files_upload', 'write'), suite('mail', 'mail_send', 'write')],
  };
  const charter = {
    connectors: [
      { name: 'Suite (Files)', actions: { files_upload: 'ask', '*': 'blocked' } },
      { name: 'Suite (Mail)', actions: { '*': 'blocked' } },
    ],
  };
  const given = (tool: string, connectors = charter.connectors) => ({
    charter: { connectors },
    catalogue,
    readings: sent([call({ connector: 'Suite', tool })]),
  });

  it('is identified by the tool if only one of them has that tool', () => {
    expect(runRule(writeActions, { days: 1 }, given('mail_send'))).toMatchObject({
      state: 'fail',
      items: [{ label: 'Suite (Mail)' }],
    });
    expect(runRule(writeActions, { days: 1 }, given('files_upload')).state).not.toBe('fail');
    const files = charter.connectors.slice(0, 1);
    expect(runRule(usedConnectors, {}, given('mail_send', files))).toMatchObject({
      state: 'fail',
      items: [{ label: 'Suite (Mail)' }],
    });
    expect(runRule(usedConnectors, {}, given('files_upload', files)).state).not.toBe('fail');
  });
});

describe('calls-in-bulk', () => {
  const burst = (many: number, apartMs: number, more: Partial<TelemetryRow> = {}) =>
    Array.from({ length: many }, (_, n) =>
      call({ at: new Date(Date.parse('2026-11-19T15:00:00Z') + n * apartMs).toISOString(), ...more }),
    );
  const decide = (rows: readonly Partial<TelemetryRow>[], given: Given = {}) =>
    runRule(callsInBulk, { calls: 60, minutes: 10 }, { ...given, readings: sent(rows) });
  it('counts the whole burst of one person at one connector, and nothing below the threshold', () => {
    const found = decide([...burst(400, 4000), ...burst(59, 1000, { person: 'ben@alder.example.org' })]);
    expect(found.state).toBe('fail');
    expect(found.items).toHaveLength(1);
    expect(found.items[0]).toMatchObject({ label: MARA, detail: expect.stringContaining('400 calls') });
    expect(decide(burst(60, 10_000)).state).toBe('fail');
    expect(decide(burst(60, 20_000)).state).toBe('cannot_read');
    expect(decide([...burst(59, 1000), ...burst(1, 0, { connector: 'Box' })]).state).toBe('cannot_read');
  });
  it('is settled by an explanation of that day or later', () => {
    const journal = (on: string) => ({
      explainedUsage: [{ email: MARA, on, by: 'Dana', reason: 'Annual meeting' }],
    });
    expect(decide(burst(60, 1000), { journal: journal('2026-11-20') }).state).toBe('cannot_read');
    expect(decide(burst(60, 1000), { journal: journal('2026-11-18') }).state).toBe('fail');
  });
});

const event = (type: string, more: Partial<ActivityRow> = {}): Partial<ActivityRow> => ({
  type,
  at: '2026-11-18T15:00:00Z',
  actorEmail: 'stranger@other.example',
  detail: {},
  ...more,
});
const feed = (rows: readonly Partial<ActivityRow>[]) => ({
  activities: [reading('activities', rows, { covers: { from: '2026-01-01', to: '2026-11-24' } })],
});
const members = {
  members: [reading('members', [{ email: MARA, name: 'Mara', role: 'owner', status: 'active' }])],
  roster: [reading('roster', [{ emails: [MARA], name: 'Mara', status: 'active', endsOn: null }])],
};

describe('api-key-makers', () => {
  const key = { admin_api_key_id: 'apikey_01X' };
  const decide = (rows: readonly Partial<ActivityRow>[], charter: Given['charter'] = {}) =>
    runRule(apiKeyMakers, {}, { charter, readings: { ...members, ...feed(rows) } });
  it('names a key that a stranger made, unless it is approved, gone or was never made', () => {
    const strange = event('admin_api_key_created', { detail: key });
    expect(decide([strange])).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('stranger@other.example'),
    });
    expect(decide([strange], { approvedApiKeys: ['APIKEY_01x'] }).state).toBe('cannot_read');
    expect(decide([strange, event('admin_api_key_deleted', { detail: key })]).state).toBe('cannot_read');
    expect(decide([{ ...strange, detail: { ...key, outcome: 'denied' } }]).state).toBe('cannot_read');
    expect(decide([{ ...strange, actorEmail: MARA }]).state).toBe('cannot_read');
  });
  it('counts the same people as current staff as every other rule', () => {
    const made = event('admin_api_key_created', { detail: key });
    const decideWith = (more: Partial<RosterRow>) =>
      runRule(
        apiKeyMakers,
        {},
        {
          readings: {
            ...members,
            roster: [
              reading('roster', [
                { emails: ['stranger@other.example'], name: 'Sam', status: 'left', ...more },
                { emails: [MARA], name: 'Mara', status: 'active' },
              ]),
            ],
            ...feed([made]),
          },
        },
      );
    expect(decideWith({ endsOn: '2026-10-01' }).state).toBe('fail');
    // The last day is in the future, although the status already says "left".
    expect(decideWith({ endsOn: '2026-12-31' }).state).toBe('cannot_read');
  });
  it('reports a key whose event does not name the person', () => {
    const unnamed = event('api_key_created', { actorEmail: null, detail: { api_key_id: 'apikey_02' } });
    expect(decide([unnamed])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('apikey_02'),
    });
  });
});

describe('a connector linked by someone without a seat', () => {
  const decide = (rows: readonly Partial<ActivityRow>[]) =>
    runRule(
      leaversConnectors,
      { days: 7 },
      {
        profile: { claudePlan: 'enterprise' },
        journal: { offboardings: [] },
        readings: { ...members, ...feed(rows) },
      },
    );
  const link = (more: Partial<ActivityRow> = {}) =>
    event('integration_user_connected', { detail: { mcp_server_name: 'Outlook' }, ...more });
  it('is a finding while the link exists', () => {
    expect(decide([link()])).toMatchObject({
      state: 'fail',
      items: [{ key: 'stranger@other.example', detail: expect.stringContaining('Outlook') }],
    });
    const unlinked = event('integration_user_disconnected', {
      at: '2026-11-19T15:00:00Z',
      detail: { mcp_server_name: 'Outlook' },
    });
    expect(decide([link(), unlinked]).state).toBe('pass');
    expect(decide([link({ actorEmail: MARA })]).state).toBe('pass');
    expect(decide([link({ detail: { mcp_server_name: 'Outlook', outcome: 'failed' } })]).state).toBe('pass');
  });
});
// Guide: G5.5-02 G7.1-04
