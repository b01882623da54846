import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { auditLogKept } from './audit-log-kept.ts';
import { complianceRecords } from './compliance-records.ts';
import { contentAccess } from './content-access.ts';
import { coworkTelemetry } from './cowork-telemetry.ts';
import { exportsExpected } from './exports-expected.ts';
import { inferenceHooks } from './inference-hooks.ts';

const event = (type: string, at: string, detail: Record<string, unknown> = {}, more: object = {}) => ({
  type,
  at,
  detail,
  ...more,
});
const feed = (...rows: object[]) => ({
  activities: [reading('activities', rows, { covers: { from: '2026-01-01', to: '2026-11-24' } })],
});

describe('compliance-records', () => {
  const decide = (readings: Given['readings'] & object, freshDays = 7) =>
    runRule(complianceRecords, { days: 7 }, { readings }, { freshDays });
  const set = (at: string, enabled: unknown, logging: unknown = enabled) =>
    event('org_compliance_api_settings_updated', at, {
      compliance_api_enabled: enabled,
      compliance_api_logging_enabled: logging,
    });
  it('passes on events of the last seven days, to the day', () => {
    expect(decide(feed(event('user_logged_out', '2026-11-17T10:00:00Z'))).state).toBe('pass');
    expect(decide(feed(event('user_logged_out', '2026-11-16T10:00:00Z')))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('8 days ago'),
    });
  });
  it('counts days in the client’s time zone', () => {
    // Still the evening of 16 Nov in New York.
    expect(decide(feed(event('user_logged_out', '2026-11-17T02:00:00Z')))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('of 16 Nov 2026, 8 days ago'),
    });
    expect(decide(feed(set('2026-11-21T02:00:00Z', false))).reason).toContain('off on 20 Nov 2026');
  });
  it('fails when it was switched off last, though events exist', () => {
    const later = event('user_logged_out', '2026-11-23T10:00:00Z');
    expect(decide(feed(set('2026-11-20T10:00:00Z', false), later)).state).toBe('fail');
    expect(decide(feed(set('2026-11-20T10:00:00Z', true, false), later)).state).toBe('fail');
    expect(decide(feed(set('2026-11-20T10:00:00Z', 'false'), later)).state).toBe('fail');
    expect(
      decide(feed(set('2026-11-20T10:00:00Z', false), set('2026-11-21T10:00:00Z', true), later)).state,
    ).toBe('pass');
    expect(
      decide(feed(later, set('2026-11-21T10:00:00Z', true), set('2026-11-21T10:00:00Z', false))).state,
    ).toBe('fail');
  });
  it('does not guess a change that does not say to what', () => {
    expect(decide(feed(set('2026-11-22T10:00:00Z', null), event('x', '2026-11-23T10:00:00Z'))).state).toBe(
      'cannot_read',
    );
  });
  it('needs a feed with events that is fresh', () => {
    expect(decide({}).state).toBe('cannot_read');
    expect(decide({ activities: [reading('activities', [])] }).state).toBe('cannot_read');
    expect(
      decide({
        activities: [
          reading('activities', [event('x', '2026-11-10T10:00:00Z')], { observedOn: '2026-11-10' }),
        ],
      }).state,
    ).toBe('cannot_read');
    expect(decide({ audit_log: [reading('audit_log', [event('x', '2026-11-23T10:00:00Z')])] }).state).toBe(
      'cannot_read',
    );
  });
});

describe('audit-log-kept', () => {
  const log = (from: string, to: string, file = `${from}.csv`) =>
    reading('audit_log', [event('x', `${from}T10:00:00Z`), event('x', `${to}T10:00:00Z`)], {
      file,
      observedOn: to,
      covers: { from, to },
    });
  const decide = (...logs: ReturnType<typeof log>[]) =>
    runRule(
      auditLogKept,
      { keptFor: 180, every: 92, quiet: 7 },
      { readings: { audit_log: logs } },
      { freshDays: 180 },
    );
  it('passes when the exports follow on each other and the last is recent', () => {
    const outcome = decide(log('2026-03-01', '2026-08-20'), log('2026-08-15', '2026-11-20'));
    expect(outcome).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('from 1 Mar 2026 through 20 Nov 2026'),
    });
    expect(outcome.items).toHaveLength(2);
  });
  it('names days that are lost', () => {
    expect(decide(log('2025-10-01', '2026-02-01'), log('2026-05-20', '2026-11-20'))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('2 Feb 2026 to 19 May 2026'),
    });
    expect(decide(log('2025-10-01', '2026-04-01')).state).toBe('fail');
  });
  it('is pending while a gap or the next export can still be made up for', () => {
    expect(decide(log('2026-03-01', '2026-07-01'), log('2026-08-01', '2026-11-20'))).toMatchObject({
      state: 'pending',
      due: '2026-12-29',
    });
    expect(decide(log('2026-03-01', '2026-08-01'))).toMatchObject({ state: 'pending', due: '2027-01-28' });
  });
  it('takes a quiet week for no gap, and covers that overlap for one', () => {
    expect(decide(log('2026-06-01', '2026-09-01'), log('2026-09-09', '2026-11-20')).state).toBe('pass');
    expect(
      decide(log('2026-06-01', '2026-11-20', 'a.csv'), log('2026-07-01', '2026-07-10', 'b.csv')).state,
    ).toBe('pass');
  });
  it('does not take a filtered export for the log', () => {
    const day = (at: number) =>
      `2026-${String(6 + Math.floor(at / 28)).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`;
    const many = (type: (at: number) => string) =>
      reading(
        'audit_log',
        Array.from({ length: 170 }, (_, at) => event(type(at), `${day(at)}T10:00:00Z`)),
        { observedOn: '2026-11-20', covers: { from: '2026-05-20', to: '2026-11-20' } },
      );
    expect(decide(many((at) => (at % 9 === 0 ? 'y' : 'x'))).state).toBe('pass');
    expect(decide(many(() => 'user_signed_in_sso'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('All 170 events are of one kind'),
    });
  });
  it('cannot tell without a log', () => {
    expect(decide().state).toBe('cannot_read');
    expect(
      runRule(
        auditLogKept,
        { keptFor: 180, every: 92, quiet: 7 },
        { readings: { audit_log: [reading('audit_log', [])] } },
      ).state,
    ).toBe('cannot_read');
  });
});

describe('cowork-telemetry', () => {
  const set = (endpoint: unknown, at = '2026-10-01T10:00:00Z') =>
    event('org_cowork_otlp_settings_updated', at, { new_otlp_endpoint: endpoint });
  const charter = { telemetry: { endpoint: 'https://otel.alder.example.org' } };
  const decide = (parts: Given) => runRule(coworkTelemetry, { receivedDays: 7 }, parts);
  it('compares the last endpoint with the charter', () => {
    expect(decide({ charter, readings: feed(set('https://OTEL.alder.example.org/v1/logs')) }).state).toBe(
      'pass',
    );
    expect(decide({ charter, readings: feed(set('https://elsewhere.example.com')) }).state).toBe('fail');
    expect(decide({ readings: feed(set('https://elsewhere.example.com')) })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('names none to compare'),
    });
    expect(
      decide({
        charter,
        readings: feed(set('https://otel.alder.example.org'), set(null, '2026-11-01T10:00:00Z')),
      }),
    ).toMatchObject({ state: 'fail', reason: expect.stringContaining('cleared on 1 Nov 2026') });
  });
  it('does not take the charter for the setting', () => {
    expect(decide({ charter })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('what is meant, not what is set'),
    });
    expect(decide({ charter, readings: feed(event('x', '2026-11-01T10:00:00Z')) }).state).toBe('cannot_read');
    expect(
      decide({ charter, readings: feed(event('org_cowork_otlp_settings_updated', '2026-11-01T10:00:00Z')) })
        .state,
    ).toBe('cannot_read');
  });
  it('takes what came in of the client’s own organization, for a week, unless it was changed since', () => {
    const came = (on: string, organization = 'own') => ({
      journal: { telemetryReceived: [{ from: 'cowork', on, organization }] },
    });
    expect(decide({ ...came('2026-11-17'), charter })).toMatchObject({
      state: 'pass',
      reason: expect.stringMatching(/came in here, the last on 17 Nov 2026.*otel\.alder/),
    });
    expect(decide(came('2026-11-16'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the last on 16 Nov 2026'),
    });
    expect(decide(came('2026-11-23', 'not_told'))).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('claudeOrganization') },
    });
    expect(
      decide({
        journal: { telemetryReceived: [{ from: 'office_agents', on: '2026-11-23', organization: 'own' }] },
      }).state,
    ).toBe('cannot_read');
    const cleared = feed(set(null, '2026-11-22T10:00:00Z'));
    expect(decide({ ...came('2026-11-22'), charter, readings: cleared }).state).toBe('fail');
    expect(decide({ ...came('2026-11-23'), charter, readings: cleared }).state).toBe('pass');
    // What comes in and nobody decided on, comes in against the charter, or is set to go elsewhere, is no pass.
    expect(decide({ ...came('2026-11-23'), charter: {} })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('telemetry') },
    });
    // With Cowork off, only what came in after it was switched off speaks against that.
    const off = (more: object = {}) =>
      decide({ ...came('2026-11-23'), charter: { cowork: { enabled: false }, ...more } });
    expect(off({ inForceSince: '2026-11-20' })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('switched off, and it is in use'),
    });
    expect(off({ inForceSince: '2026-11-23' }).state).toBe('not_applicable');
    expect(off()).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('but not since when'),
    });
    const elsewhere = feed(set('https://elsewhere.example.com', '2026-11-20T10:00:00Z'));
    expect(decide({ ...came('2026-11-23'), charter, readings: elsewhere }).state).toBe('fail');
  });
  it('does not apply where Cowork is off', () => {
    expect(
      decide({
        charter: {
          cowork: { enabled: false, runInCloud: false, automaticApproval: false, alwaysAllow: false },
        },
      }).state,
    ).toBe('not_applicable');
  });
});

describe('exports-expected', () => {
  const ANA = 'ana@alder.example.org';
  const by = (actorEmail: string | null) => ({ actorEmail });
  const of = (type: string, at: string, who: string | null = ANA) => event(type, at, {}, by(who));
  const started = of('org_data_export_started', '2026-11-10T15:00:00Z');
  const decide = (
    approvedExports: object[] | undefined,
    readings: Given['readings'] & object = feed(started),
  ) =>
    runRule(exportsExpected, { days: 1 }, { journal: approvedExports ? { approvedExports } : {}, readings });
  const approved = (on: string, more: object = {}) => [
    { on, by: 'Dana', reason: 'Yearly archive', email: ANA, of: 'organization_data', ...more },
  ];
  it('accepts the day of the approval and the day after', () => {
    expect(decide(approved('2026-11-10')).state).toBe('pass');
    expect(decide(approved('2026-11-09')).state).toBe('pass');
    expect(decide(approved('2026-11-08')).state).toBe('fail');
    expect(decide(approved('2026-11-11')).state).toBe('fail');
  });
  it('counts days in the zone of the client', () => {
    const night = of('org_members_exported', '2026-11-11T03:00:00Z'); // still 10 Nov in New York
    const members = { of: 'members' };
    expect(decide(approved('2026-11-10', members), feed(night)).state).toBe('pass');
    expect(decide(approved('2026-11-11', members), feed(night)).state).toBe('fail');
  });
  it('names who exported what', () => {
    expect(decide([])).toMatchObject({
      state: 'fail',
      items: [{ label: ANA, detail: 'Export of organization data started on 10 Nov 2026.' }],
    });
  });
  it('asks for the journal only where there is an export', () => {
    expect(decide(undefined).state).toBe('cannot_read');
    expect(decide(undefined, feed(event('x', '2026-11-10T15:00:00Z'))).state).toBe('pass');
    expect(decide([], {}).state).toBe('cannot_read');
  });
  it('counts an approval for one export, with its end and its download', () => {
    const whole = [
      started,
      of('org_data_export_completed', '2026-11-10T16:00:00Z', null),
      of('org_data_export_accessed', '2026-11-11T16:00:00Z'),
    ];
    const again = of('org_data_export_started', '2026-11-10T18:00:00Z');
    expect(decide(approved('2026-11-10'), feed(...whole)).state).toBe('pass');
    expect(decide(approved('2026-11-10'), feed(...whole, again))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 of 2 exports has no approval of its own'),
      items: [{ detail: expect.stringContaining('no approval of those days is left for it') }],
    });
    const two = [...approved('2026-11-10'), ...approved('2026-11-10')];
    expect(decide(two, feed(...whole, again)).state).toBe('pass');
    // The approval of the day before is for the first, that of the day for the second, in any order.
    const next = of('org_data_export_started', '2026-11-11T15:00:00Z');
    const days = [...approved('2026-11-10'), ...approved('2026-11-09')];
    expect(decide(days, feed(started, next)).state).toBe('pass');
  });
  it('takes a download by someone else, or of an old export, for an export of its own', () => {
    const download = (at: string, who: string) => feed(started, of('org_data_export_accessed', at, who));
    expect(
      decide(approved('2026-11-10'), download('2026-11-10T16:00:00Z', 'bo@alder.example.org')),
    ).toMatchObject({ state: 'fail', items: [{ label: 'bo@alder.example.org' }] });
    expect(decide(approved('2026-11-10'), download('2026-11-14T16:00:00Z', ANA)).state).toBe('fail');
    // By nobody knows whom, it is not known to be that of who exported, whatever is approved.
    const unnamed = feed(started, of('org_data_export_accessed', '2026-11-10T16:00:00Z', null));
    expect(decide(approved('2026-11-10'), unnamed).state).toBe('fail');
    expect(decide([...approved('2026-11-10'), ...approved('2026-11-10')], unnamed)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the log does not say who exported'),
    });
  });
  it('wants person and scope of the approval', () => {
    expect(decide(approved('2026-11-10', { of: 'members' })).state).toBe('fail');
    expect(decide(approved('2026-11-10', { email: 'bo@alder.example.org' })).state).toBe('fail');
    for (const missing of [{ of: undefined }, { email: undefined }])
      expect(decide(approved('2026-11-10', missing))).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('names both who exports and what'),
      });
  });
  it('counts nobody’s approval of their own export', () => {
    expect(decide(approved('2026-11-10', { by: 'ana@alder.example.org' })).state).toBe('cannot_read');
    // That of someone else is for the one export, so that the other has only its own.
    const both = [...approved('2026-11-10'), ...approved('2026-11-10', { by: ANA })];
    const again = of('org_data_export_started', '2026-11-10T18:00:00Z');
    expect(decide(both, feed(started, again)).reason).toContain('approved only by who exported');
  });
});

describe('content-access', () => {
  const decide = (rule: object | undefined, readings: Given['readings'] & object = {}) =>
    runRule(contentAccess, { approvers: 2 }, { charter: rule ? { contentAccess: rule } : {}, readings });
  it('needs two approvers where content may be opened', () => {
    expect(decide({ allowed: true, approvers: ['Dana', 'Kim'] })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('cannot be seen from the files'),
    });
    expect(decide({ allowed: true, approvers: ['Dana', 'dana'] }).state).toBe('fail');
    const twice = ['Whitlock, Dana', 'Dana Whitlock <dana@alder.example.org>'];
    expect(decide({ allowed: true, approvers: twice }).state).toBe('fail');
    expect(decide({ allowed: true, approvers: ['Dana', 'to be named'] }).state).toBe('fail');
    expect(decide({ allowed: true }).state).toBe('fail');
  });
  it('is contradicted by an event where content may not be opened', () => {
    const url = (text: string) =>
      feed(event('compliance_api_accessed', '2026-11-10T10:00:00Z', { url: text }));
    expect(decide({ allowed: false }, url('/v1/compliance/apps/chats/claude_chat_1/messages')).state).toBe(
      'fail',
    );
    expect(
      decide(
        { allowed: false },
        feed(event('org_data_export_started', '2026-11-10T10:00:00Z', { export_type: 'conversations' })),
      ).state,
    ).toBe('fail');
    expect(decide({ allowed: false }, url('/v1/compliance/activities'))).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('show it not once'),
    });
    expect(
      decide(
        { allowed: true, approvers: ['Dana', 'Kim'] },
        url('/v1/compliance/apps/chats/c/messages?limit=5'),
      ).reason,
    ).toContain('1 time');
  });
  it('fails where text is kept that nobody may open, or that one person alone approved', () => {
    const kept = (contentAccess: object, approvedBy: string[]) => ({
      contentAccess,
      contentKept: {
        of: ['messages'],
        from: ['cowork'],
        purpose: 'x',
        days: 7,
        until: '2026-12-31',
        approvedBy,
      },
    });
    const rule = (charter: Record<string, unknown>) => runRule(contentAccess, { approvers: 2 }, { charter });
    const open = { allowed: true, approvers: ['Dana', 'Kim'] };
    expect(rule(kept(open, ['Dana', 'Kim'])).state).toBe('pass');
    expect(rule(kept(open, ['Dana', 'dana']))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('2 people are wanted'),
    });
    expect(rule(kept({ allowed: false }, ['Dana', 'Kim']))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('lets text of it be kept all the same'),
    });
  });
  it('asks where nothing is decided', () => {
    expect(decide(undefined).state).toBe('cannot_read');
  });
});

describe('inference-hooks', () => {
  const at = (type: string, day: string) => event(`inference_hooks_${type}`, `${day}T10:00:00Z`);
  const decide = (...rows: object[]) => runRule(inferenceHooks, {}, { readings: feed(...rows) });
  it('passes when set up and nothing slipped through since', () => {
    expect(
      decide(
        at('request_failed_open', '2026-10-01'),
        at('config_updated', '2026-10-05'),
        at('request_denied', '2026-11-01'),
      ),
    ).toMatchObject({ state: 'pass', reason: expect.stringContaining('1 prompt was refused') });
  });
  it('fails when prompts passed unchecked', () => {
    expect(decide(at('config_updated', '2026-10-05'), at('request_failed_open', '2026-11-01')).state).toBe(
      'fail',
    );
  });
  it('does not decide for the client what no event tells', () => {
    expect(decide(at('config_updated', '2026-10-05'), at('config_deleted', '2026-11-01')).state).toBe(
      'cannot_read',
    );
    expect(decide(event('x', '2026-11-01T10:00:00Z')).state).toBe('cannot_read');
    expect(runRule(inferenceHooks, {}, {}).state).toBe('cannot_read');
  });
  it('counts Bylaw as the hook only where prompts came to it, and it refuses', () => {
    const leadsHere = event('inference_hooks_config_updated', '2026-10-05T10:00:00Z', {
      enabled: true,
      webhook_url: 'https://bylaw.example.org/hooks/inference/abc',
    });
    const own = (mode: 'watch' | 'enforce', ...decided: { verdict: 'allowed' | 'unchecked'; on: string }[]) =>
      runRule(
        inferenceHooks,
        {},
        { readings: feed(leadsHere), journal: { inferenceHook: { mode, decided } } },
      );
    const came = { verdict: 'allowed', on: '2026-11-20' } as const;
    expect(own('enforce', came)).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('Bylaw decided on prompts, the last on 20 Nov 2026'),
    });
    expect(own('enforce').state).toBe('cannot_read');
    expect(own('enforce', { ...came, on: '2026-10-01' }).state).toBe('cannot_read');
    expect(own('watch', came).state).toBe('fail');
    expect(own('enforce', came, { verdict: 'unchecked', on: '2026-11-19' }).state).toBe('fail');
    const noChange = event('x', '2026-11-01T10:00:00Z');
    expect(
      runRule(
        inferenceHooks,
        {},
        {
          readings: feed(noChange),
          journal: { inferenceHook: { mode: 'enforce', decided: [came] } },
        },
      ),
    ).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('asked Bylaw’s inference hook'),
    });
  });
});
// Guide: G1.1-10 G1.1-11 G2.2-32 G2.2-33 G5-00 G5.1-05 G5.1-07 G5.2-00 G5.2-02 G5.2-04 G5.2-05 G5.2-06
// Guide: G5.3-00 G7.2-16 G8-14 GB-09
