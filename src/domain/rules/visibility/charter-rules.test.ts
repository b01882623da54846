import { describe, expect, it } from 'vitest';
import type { Capability } from '../../model/capability.ts';
import { type Given, reading, runRule, TODAY } from '../../testing/build.ts';
import { apiKeysKnown } from './api-keys-known.ts';
import { auditRetention } from './audit-retention.ts';
import { chatRetention } from './chat-retention.ts';
import { siemTest } from './siem-test.ts';
import { ASANA } from './testing.ts';
import { writeActions } from './write-actions.ts';

describe('siem-test', () => {
  const decide = (test?: object) =>
    runRule(
      siemTest,
      { days: 90, deliveredDays: 7 },
      { journal: test ? { siemTest: { by: 'Kim', arrived: true, ...test } } : {} },
    );
  it('counts an arrival for ninety days', () => {
    expect(decide({ on: '2026-08-26' }).state).toBe('pass');
    expect(decide({ on: '2026-08-25' })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('91 days ago'),
    });
    expect(decide({ on: '2026-12-01' }).state).toBe('cannot_read');
    expect(decide({ on: '2026-11-01', arrived: false }).state).toBe('fail');
    expect(decide().state).toBe('cannot_read');
  });
});

describe('siem-test with a sink', () => {
  const decide = (delivery: object, test?: object) =>
    runRule(
      siemTest,
      { days: 90, deliveredDays: 7 },
      {
        journal: {
          siemDeliveries: [{ sink: 'The SIEM', ...delivery }],
          ...(test ? { siemTest: { by: 'Kim', arrived: true, ...test } } : {}),
        },
      },
    );
  it('passes while it delivers, fails on trouble, and otherwise asks for a test', () => {
    expect(decide({ on: '2026-11-17' })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('accepted events on'),
    });
    expect(decide({ on: '2026-11-16' }).state).toBe('cannot_read');
    expect(decide({}).state).toBe('cannot_read');
    expect(decide({ on: '2027-11-20' }).state).toBe('cannot_read');
    const trouble = 'Copy the token again.';
    expect(decide({ on: '2026-11-23', trouble })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining(trouble),
    });
    expect(decide({ on: '2026-11-20', trouble }, { on: '2026-11-21' }).state).toBe('pass');
    expect(decide({ on: '2026-11-22', trouble }, { on: '2026-11-21' }).state).toBe('fail');
    expect(decide({ on: '2026-11-01' }, { on: '2026-11-10' }).state).toBe('pass');
  });
});

describe('chat-retention', () => {
  const decide = (value: unknown, days: number | undefined = 90) =>
    runRule(
      chatRetention,
      {},
      {
        charter: days === undefined ? {} : { chatRetentionDays: days },
        readings: {
          settings: [
            reading('settings', [{ name: 'data_retention_periods', type: 'data_retention', value }]),
          ],
        },
      },
    );
  const fixed = (duration: number, timescale: string, key = 'chat') => ({
    [key]: { type: 'fixed', duration, timescale },
  });
  it('compares days, months and no limit with the charter', () => {
    expect(decide(fixed(90, 'day')).state).toBe('pass');
    expect(decide(JSON.stringify(fixed(90, 'day'))).state).toBe('pass');
    expect(decide(fixed(90, 'day', 'all')).state).toBe('pass');
    expect(decide(fixed(3, 'month')).state).toBe('pass');
    expect(decide(fixed(60, 'day'))).toMatchObject({
      state: 'fail',
      reason: 'Chats are kept for 60 days; the charter decides to keep them for 90 days.',
    });
    expect(decide({ chat: { type: 'indefinite' } }).state).toBe('fail');
    expect(decide({ chat: { type: 'indefinite' } }, 0).state).toBe('pass');
    expect(decide(fixed(90, 'day'), 0).state).toBe('fail');
  });
  it('does not guess what it does not understand', () => {
    for (const value of [
      null,
      {},
      { chat: { type: 'fixed', duration: 90, timescale: 'fortnight' } },
      fixed(90, 'day', 'project'),
      'soon',
    ])
      expect(decide(value).state).toBe('cannot_read');
    expect(runRule(chatRetention, {}, { charter: {} }).ask?.text).toContain('chatRetentionDays');
    expect(runRule(chatRetention, {}, { charter: { chatRetentionDays: 30 } }).state).toBe('cannot_read');
    expect(
      runRule(
        chatRetention,
        {},
        {
          charter: { chatRetentionDays: 30 },
          readings: { settings: [reading('settings', [{ name: 'chat_enabled', value: true }])] },
        },
      ).reason,
    ).toContain('cannot control them');
  });
});

describe('audit-retention', () => {
  const capability = (id: string, grantedBy: Capability['grantedBy']): Capability => ({
    id,
    title: id,
    means: 'x',
    guideRows: [],
    guide: null,
    vendor: {
      asOf: '2026-11-24',
      status: 'contradicts',
      says: 'x',
      cells: {},
      sources: [{ title: 'x', url: 'https://example.org', read: '2026-11-24' }],
    },
    grantedBy,
  });
  const decide = (days: number | undefined, premium: boolean, profile: Given['profile'] & object = {}) =>
    runRule(
      auditRetention,
      {},
      {
        charter: days === undefined ? {} : { auditRetentionDays: days },
        profile,
        catalogue: {
          capabilities: [
            capability('microsoft.audit_retention', { anyone: true }),
            capability(
              'microsoft.audit_premium',
              premium ? { anyone: true } : { claudePlans: ['enterprise'] },
            ),
          ],
        },
      },
    );
  it('gives 180 days to every plan', () => {
    expect(decide(180, false).state).toBe('pass');
    expect(decide(181, false)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('The licenses give 180, 1 day short'),
    });
  });
  it('leaves the part that Audit (Premium) keeps to a person', () => {
    expect(decide(365, true).state).toBe('cannot_read');
    expect(decide(366, true).state).toBe('fail');
  });
  it('asks about the SIEM if there is one', () => {
    expect(decide(365, false, { siem: 'sentinel' }).state).toBe('cannot_read');
    expect(decide(365, false, { siem: 'none' }).state).toBe('fail');
  });
  it('asks for the days and for licenses that are not known', () => {
    expect(decide(undefined, false).state).toBe('cannot_read');
    expect(runRule(auditRetention, {}, { charter: { auditRetentionDays: 90 } }).state).toBe('cannot_read');
  });
});

describe('api-keys-known', () => {
  const key = (more: object = {}) => ({
    id: 'apikey_1',
    name: 'Export key',
    scopes: ['read:compliance_activities'],
    active: true,
    expiresOn: '2027-01-01',
    ...more,
  });
  const decide = (keys: readonly object[], approvedApiKeys: string[] | undefined = ['export key']) =>
    runRule(
      apiKeysKnown,
      {},
      {
        charter: approvedApiKeys ? { approvedApiKeys } : {},
        readings: { api_keys: [reading('api_keys', keys)] },
      },
    );
  it('does not pass on the keys of one workspace alone, unless a person says that these are all', () => {
    const of = (workspaces: readonly (string | undefined)[], byHand = false) =>
      runRule(
        apiKeysKnown,
        {},
        {
          charter: { approvedApiKeys: ['apikey_0', 'apikey_1'] },
          readings: {
            api_keys: [
              {
                ...reading(
                  'api_keys',
                  workspaces.map((workspace, at) =>
                    key({ id: `apikey_${at}`, name: `Key ${at}`, ...(workspace ? { workspace } : {}) }),
                  ),
                ),
                mappedByHand: byHand,
              },
            ],
          },
        },
      ).state;
    expect(of(['wrkspc_1', 'wrkspc_1'])).toBe('cannot_read');
    expect(of(['wrkspc_1', 'wrkspc_1'], true)).toBe('pass');
    expect(of(['wrkspc_1', 'wrkspc_2'])).toBe('pass');
    expect(of(['wrkspc_1', undefined])).toBe('pass');
  });

  it('knows a key by name or id, whatever the case', () => {
    expect(decide([key()]).state).toBe('pass');
    expect(decide([key()], ['APIKEY_1']).state).toBe('pass');
    expect(decide([key()], ['other'])).toMatchObject({
      state: 'fail',
      items: [{ key: 'apikey_1', detail: 'Not approved in the charter.' }],
    });
  });
  it('fails for an expired active key, and names a key without an expiry date', () => {
    expect(decide([key({ expiresOn: '2026-11-23' })]).state).toBe('fail');
    expect(decide([key({ expiresOn: '2026-11-24' })]).state).toBe('pass');
    expect(decide([key({ expiresOn: null })])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Export key has no expiry date'),
    });
  });
  it('asks about an approved key that got more scopes, unless it was approved since', () => {
    const list = (observedOn: string, scopes: string[]) =>
      reading('api_keys', [key({ scopes })], { observedOn, file: `${observedOn}.json` });
    const of = (then: string[], now: string[], inForceSince?: string) =>
      runRule(
        apiKeysKnown,
        {},
        {
          charter: { approvedApiKeys: ['apikey_1'], ...(inForceSince ? { inForceSince } : {}) },
          readings: { api_keys: [list('2026-10-01', then), list('2026-11-20', now)] },
        },
      );
    const [reads, exports] = ['read:compliance_activities', 'read:compliance_user_data'];
    expect(of([reads], [reads, exports])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Export key (read:compliance_user_data since Oct 1, 2026)'),
      ask: { of: 'look', detail: 'apikey_1' },
    });
    expect(of([reads], [reads, exports], '2026-09-01').state).toBe('cannot_read');
    expect(of([reads], [reads, exports], '2026-11-21').state).toBe('pass');
    expect(of([reads, exports], [reads]).state).toBe('pass');
    expect(of([], [reads]).state).toBe('pass');
  });
  it('leaves inactive keys out and asks about those it cannot tell', () => {
    expect(decide([key({ active: false })], [])).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('no active API key, out of 1 key'),
    });
    expect(decide([key({ active: null })], []).state).toBe('cannot_read');
    const other = key({ id: 'apikey_2', name: 'Old key', active: null });
    expect(decide([key(), other], [])).toMatchObject({
      state: 'fail',
      reason: expect.stringMatching(/^1 of 1 active API key .*whether Old key is active\.$/),
    });
    expect(
      runRule(apiKeysKnown, {}, { charter: {}, readings: { api_keys: [reading('api_keys', [])] } }).state,
    ).toBe('cannot_read');
    expect(runRule(apiKeysKnown, {}, { charter: { approvedApiKeys: [] } }).state).toBe('cannot_read');
  });
});

describe('write-actions', () => {
  const DAY = { covers: { from: TODAY, to: TODAY } };
  const use = (more: object = {}) => ({ connector: 'asana', reads: 10, writes: 0, unclassified: 0, ...more });
  const decide = (
    rows: readonly object[],
    actions: Record<string, string> | undefined = { 'Read task': 'allow', '*': 'blocked' },
  ) =>
    runRule(
      writeActions,
      { days: 1 },
      {
        charter: { connectors: [{ name: 'Asana', actions }] },
        catalogue: { connectors: [ASANA] },
        readings: { analytics_connectors: [reading('analytics_connectors', rows, DAY)] },
      },
    );
  it('fails for writes if only reads are open or nothing is approved', () => {
    expect(decide([use()]).state).toBe('pass');
    expect(decide([use({ writes: 3 })])).toMatchObject({
      state: 'fail',
      items: [{ key: 'asana', detail: '3 write calls; the charter opens no write action.' }],
    });
    expect(decide([use(), { connector: 'Miro', reads: 1, writes: 1, unclassified: 0 }]).items).toMatchObject([
      { key: 'miro' },
    ]);
  });
  it('allows writes if the charter opens one, by name, class or the rest', () => {
    for (const actions of [{ 'Create task': 'ask' }, { write: 'ask' }, { '*': 'ask' }])
      expect(decide([use({ writes: 3 })], actions).state).toBe('pass');
  });
  it('treats neither a missing split nor unclassified calls as zero', () => {
    expect(decide([use({ writes: null })]).state).toBe('cannot_read');
    expect(decide([use({ unclassified: null })]).state).toBe('cannot_read');
    expect(decide([use({ unclassified: 4 })])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('asana (4 calls not classified)'),
    });
    expect(decide([use({ writes: null }), use({ writes: 2 })]).state).toBe('fail');
  });
  it('does not judge an approved action with an unknown effect', () => {
    expect(decide([use({ writes: 2 })], { 'Do the magic': 'allow' }).state).toBe('cannot_read');
  });
  it('asks for analytics and charter', () => {
    expect(decide([]).state).toBe('cannot_read');
    expect(
      runRule(
        writeActions,
        { days: 1 },
        { charter: {}, readings: { analytics_connectors: [reading('analytics_connectors', [use()])] } },
      ).state,
    ).toBe('cannot_read');
    expect(runRule(writeActions, { days: 1 }, { charter: { connectors: [] } }).state).toBe('cannot_read');
  });
});
// Guide: G1.1-10 G1.2-08 G1.2-09 G5.1-03 G5.1-08 G5.2-00 G5.2-02 G5.3-00 G5.3-01 G5.3-02 G5.3-03 G5.3-04
// Guide: G5.3-07 G5.5-02
