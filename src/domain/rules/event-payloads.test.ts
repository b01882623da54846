import { describe, expect, it } from 'vitest';
import type { State } from '../model/verdict.ts';
import { type Given, reading, runRule } from '../testing/build.ts';
import { domainsInEvents } from './accounts/domains-verified.ts';
import { ssoRequired } from './accounts/identity.ts';
import { inviteLinks } from './accounts/invite-links.ts';
import { decided } from './connectors/decided.ts';
import { desktopExtensions } from './connectors/desktop-extensions.ts';
import { onlyChartered } from './connectors/only-chartered.ts';
import { requestsAnswered } from './connectors/requests.ts';
import { switchState } from './connectors/switch-state.ts';
import { setting } from './setting.ts';
import { chatRetention } from './visibility/chat-retention.ts';
import { complianceRecords } from './visibility/compliance-records.ts';
import { contentAccess } from './visibility/content-access.ts';
import { coworkTelemetry } from './visibility/cowork-telemetry.ts';
import { exportsExpected } from './visibility/exports-expected.ts';
import { inferenceHooks } from './visibility/inference-hooks.ts';

/** An event's type names what was requested; whether it took effect is in its fields, its result and later events. */

type Detail = Record<string, unknown>;
const event = (type: string, detail: Detail = {}, at = '2026-11-05T15:00:00Z') => ({
  type,
  at,
  detail,
  actorName: 'Ruth Ekholm',
});
type Row = ReturnType<typeof event>;
const feed = (...rows: Row[]) => ({
  activities: [reading('activities', rows, { covers: { from: '2026-09-01', to: '2026-11-24' } })],
});
/** A log without entries from Oct 11 to 30. */
const gappy = (...rows: Row[]) => ({
  activities: [
    reading(
      'activities',
      rows.filter(({ at }) => at < '2026-10-20'),
      {
        file: 'autumn.json',
        covers: { from: '2026-09-01', to: '2026-10-10' },
      },
    ),
    reading(
      'activities',
      rows.filter(({ at }) => at >= '2026-10-20'),
      {
        file: 'november.json',
        covers: { from: '2026-10-31', to: '2026-11-24' },
      },
    ),
  ],
});
const profile = { claudePlan: 'enterprise' as const };
const EARLY = '2026-10-05T15:00:00Z';

describe('inference-hooks', () => {
  const decide = (readings: Given['readings'] & object) => runRule(inferenceHooks, {}, { profile, readings });
  const set = (detail: Detail, at = EARLY) =>
    event('inference_hooks_config_updated', { fail_mode: 'block', ...detail }, at);
  const other = (name: string, detail: Detail = {}) => event(`inference_hooks_${name}`, detail);
  it.each<[string, State, ReturnType<typeof event>[]]>([
    ['switched on', 'pass', [set({ enabled: true })]],
    ['switched on, written is_enabled', 'pass', [set({ is_enabled: 'true' })]],
    ['switched off', 'cannot_read', [set({ enabled: false })]],
    ['switched off, written is_enabled', 'cannot_read', [set({ is_enabled: false })]],
    ['not told', 'cannot_read', [set({ webhook_url: 'https://check.alder.example.org' })]],
    ['two forms that differ', 'cannot_read', [set({ enabled: true, is_enabled: false })]],
    [
      'switched on, then off',
      'cannot_read',
      [set({ enabled: true }), set({ enabled: false }, '2026-11-06T15:00:00Z')],
    ],
    [
      'another field changed later',
      'pass',
      [set({ enabled: true }), set({ webhook_url: 'https://b.example.org' }, '2026-11-06T15:00:00Z')],
    ],
    ['on and off in one instant', 'cannot_read', [set({ enabled: false }), set({ enabled: true })]],
    ['a change that failed', 'cannot_read', [set({ enabled: true, outcome: 'failure' })]],
    [
      'a removal that failed',
      'pass',
      [set({ enabled: true }), other('config_deleted', { outcome: 'denied' })],
    ],
    ['no mode', 'cannot_read', [event('inference_hooks_config_updated', { enabled: true }, EARLY)]],
    ['shadow mode', 'fail', [set({ enabled: true, shadow_mode: true })]],
    ['a tenth of the prompts', 'fail', [set({ enabled: true, rollout_percentage: 10 })]],
    ['open when the checker is away', 'fail', [set({ enabled: true, fail_mode: 'allow' })]],
    [
      'blocked when the checker is away',
      'pass',
      [set({ enabled: true, fail_mode: 'block', rollout_percentage: 100 })],
    ],
    [
      'enforcement in a mode that is not known',
      'cannot_read',
      [set({ enabled: true, enforcement_mode: 'dry_run' })],
    ],
    ['failing in a mode that is not known', 'cannot_read', [set({ enabled: true, fail_mode: 'bypass' })]],
    ['half of the prompts, as text', 'fail', [set({ enabled: true, rollout_percentage: '50%' })]],
    ['stopped by itself', 'fail', [set({ enabled: true }), other('circuit_breaker_tripped')]],
    ['prompts let through', 'fail', [set({ enabled: true }), other('request_failed_open')]],
  ])('%s: %s', (_, state, rows) => expect(decide(feed(...rows)).state).toBe(state));
  it('does not pass on days that no file covers', () =>
    expect(decide(gappy(set({ enabled: true }))).state).toBe('cannot_read'));
});

describe('a switch set by an event', () => {
  const guard = {
    signs: [
      { type: 'org_connector_domain_guard_updated', field: 'enforced', is: true, holds: true },
      { type: 'org_connector_domain_guard_updated', field: 'enforced', is: false, holds: false },
    ],
    right: 'Held.',
    wrong: 'Not held.',
    look: 'Look.',
  };
  const always = {
    signs: [
      { type: 'org_cowork_mcp_always_allow_disabled', holds: true },
      { type: 'org_cowork_mcp_always_allow_enabled', holds: false },
    ],
    right: 'Off.',
    wrong: 'On.',
    look: 'Look.',
  };
  const decide = (params: typeof always | typeof guard, ...rows: Row[]) =>
    runRule(switchState, params, { profile, readings: feed(...rows) }).state;
  const set = (detail: Detail) => event('org_connector_domain_guard_updated', detail);
  it('is read in both forms of its field, and as text', () => {
    expect(decide(guard, set({ enforced: true }))).toBe('pass');
    expect(decide(guard, set({ is_enforced: true }))).toBe('pass');
    expect(decide(guard, set({ is_enforced: 'false' }))).toBe('fail');
    expect(decide(guard, set({}))).toBe('cannot_read');
  });
  it('is not set by a failed event or by one whose fields contradict it', () => {
    expect(decide(guard, set({ enforced: true, result: 'failed' }))).toBe('cannot_read');
    expect(decide(always, event('org_cowork_mcp_always_allow_disabled'))).toBe('pass');
    expect(decide(always, event('org_cowork_mcp_always_allow_disabled', { current_value: true }))).toBe(
      'cannot_read',
    );
  });
  it('does not fail on one page of a log if the rest may change it', () => {
    const found = (complete: boolean) =>
      runRule(
        switchState,
        guard,
        {
          profile,
          readings: { activities: [reading('activities', [set({ enforced: false })], { complete })] },
        },
        { fromParts: ['activities', 'audit_log'] },
      );
    expect(found(true).state).toBe('fail');
    expect(found(false)).toMatchObject({ state: 'cannot_read', code: 'connectors.switch_state.page' });
  });
  it('counts as open when it was opened and closed in one instant', () => {
    const both = [
      event('org_cowork_mcp_always_allow_enabled'),
      event('org_cowork_mcp_always_allow_disabled'),
    ];
    expect(decide(always, ...both)).toBe('fail');
    expect(decide(always, ...both.toReversed())).toBe('fail');
  });
  it('is not off if the charter wants it off and the event contradicts itself', () => {
    const params = {
      decisions: [
        {
          path: 'cowork.enabled',
          words: 'Cowork',
          onByDefault: true,
          on: ['org_cowork_enabled'],
          off: ['org_cowork_disabled'],
        },
      ],
      look: 'Look.',
      days: 90,
      state: '`cowork`',
    };
    const run = (detail: Detail) =>
      runRule(decided, params, {
        profile,
        charter: {
          cowork: { enabled: false, runInCloud: false, automaticApproval: false, alwaysAllow: false },
        },
        readings: feed(event('org_cowork_disabled', detail)),
      }).state;
    expect(run({ current_value: false })).toBe('pass');
    expect(run({ current_value: true })).toBe('cannot_read');
    expect(run({ outcome: 'error' })).toBe('cannot_read');
  });
});

describe('a setting that changed after the settings file', () => {
  const file = (name: string, value: unknown) => ({
    settings: [reading('settings', [{ name, type: 'boolean', value }], { observedOn: '2026-11-02' })],
  });
  const change = (type: string, value: unknown, at?: string) =>
    event('claude_organization_settings_updated', { updates: [{ type, current_value: value }] }, at);
  const params = {
    name: 'connector_tools_default_always_allow',
    oneOf: [false],
    right: 'Off.',
    wrong: 'On.',
  };
  const run = (...rows: Row[]) =>
    runRule(setting, params, { profile, readings: { ...file(params.name, false), ...feed(...rows) } }).state;
  it('has the value that the event set', () => {
    expect(run()).toBe('pass');
    expect(run(change(params.name, true))).toBe('fail');
    expect(run(change(`is_${params.name}`, true))).toBe('fail');
    expect(run(change(params.name, true, EARLY))).toBe('pass');
    expect(run(change(params.name, true), change(params.name, false, '2026-11-09T15:00:00Z'))).toBe('pass');
    expect(run(event('claude_organization_settings_updated', { updates: [{ type: params.name }] }))).toBe(
      'cannot_read',
    );
  });
  it('holds for the other readers of settings, too', () => {
    const readings = (name: string, value: unknown, ...rows: Row[]) => ({
      ...file(name, value),
      ...feed(...rows),
    });
    const extensions = (...rows: Row[]) =>
      runRule(
        desktopExtensions,
        {},
        {
          profile,
          charter: { desktopExtensions: [] },
          readings: readings('desktop_extension_allowlist_enabled', true, ...rows),
        },
      ).state;
    expect(extensions()).toBe('pass');
    expect(extensions(change('is_desktop_extension_allowlist_enabled', false))).toBe('fail');
    const sso = (...rows: Row[]) =>
      runRule(ssoRequired, {}, { profile, readings: readings('sso_claude_ai_enforced', true, ...rows) })
        .state;
    expect(sso()).toBe('pass');
    expect(sso(change('sso_claude_ai_enforced', false))).toBe('fail');
    const observedOn = readings('sso_claude_ai_enforced', true).settings[0]?.observedOn ?? '';
    const ended = (type: string) => sso(event(type, {}, `${observedOn}T22:00:00Z`));
    expect(ended('org_sso_connection_deactivated')).toBe('cannot_read');
    expect(ended('org_sso_connection_deleted')).toBe('cannot_read');
    expect(ended('org_sso_connection_activated')).toBe('pass');
    const kept = (...rows: Row[]) =>
      runRule(
        chatRetention,
        {},
        {
          profile,
          charter: { chatRetentionDays: 90 },
          readings: readings(
            'data_retention_periods',
            { chat: { type: 'fixed', timescale: 'day', duration: 90 } },
            ...rows,
          ),
        },
      ).state;
    const period = (timescale: string, duration: number | null) => [
      { data_type: 'chat', timescale, duration },
    ];
    expect(kept()).toBe('pass');
    expect(kept(change('data_retention_periods', period('indefinite', null)))).toBe('fail');
    expect(kept(change('data_retention_periods', period('day', 90)))).toBe('pass');
    expect(kept(change('data_retention_periods', 'other'))).toBe('cannot_read');
  });
});

describe('what failed or was refused', () => {
  it('read nothing', () => {
    const read = (detail: Detail) =>
      runRule(
        contentAccess,
        { approvers: 2 },
        {
          charter: { contentAccess: { allowed: false } },
          readings: feed(
            event('compliance_api_accessed', { url: '/v1/compliance/apps/chats/c/messages', ...detail }),
          ),
        },
      ).state;
    expect(read({ status_code: 200 })).toBe('fail');
    expect(read({})).toBe('fail');
    expect(read({ status_code: 403 })).toBe('pass');
    expect(read({ status_code: '404' })).toBe('pass');
  });
  it('exported nothing', () => {
    const run = (type: string, detail: Detail) =>
      runRule(
        exportsExpected,
        { days: 1 },
        { journal: { approvedExports: [] }, readings: feed(event(type, detail)) },
      ).state;
    expect(run('org_members_exported', {})).toBe('fail');
    expect(run('org_members_exported', { outcome: 'denied' })).toBe('pass');
    expect(run('org_data_export_accessed', { export_type: 'conversations' })).toBe('fail');
  });
  it('set no endpoint, and verified no domain', () => {
    const cowork = (detail: Detail, rows = feed) =>
      runRule(
        coworkTelemetry,
        { receivedDays: 7 },
        {
          charter: { telemetry: { endpoint: 'https://otel.alder.example.org' } },
          readings: rows(event('org_cowork_otlp_settings_updated', detail, EARLY)),
        },
      ).state;
    const set = { new_otlp_endpoint: 'https://otel.alder.example.org' };
    expect(cowork(set)).toBe('pass');
    expect(cowork({ ...set, outcome: 'failure' })).toBe('cannot_read');
    expect(cowork(set, gappy)).toBe('cannot_read');
    const domain = (detail: Detail, rows = feed) =>
      runRule(
        domainsInEvents,
        {},
        {
          profile,
          readings: rows(event('org_domain_verified', { domain: 'alder.example.org', ...detail }, EARLY)),
        },
      ).state;
    expect(domain({})).toBe('pass');
    expect(domain({ outcome: 'failure' })).toBe('cannot_read');
    expect(domain({}, gappy)).toBe('cannot_read');
  });
  it('switched off no recording', () => {
    const run = (detail: Detail) =>
      runRule(
        complianceRecords,
        { days: 7 },
        {
          profile,
          readings: feed(
            event('org_compliance_api_settings_updated', detail),
            event('user_logged_out', {}, '2026-11-23T15:00:00Z'),
          ),
        },
      ).state;
    expect(run({ compliance_api_enabled: false })).toBe('fail');
    expect(run({ is_compliance_api_enabled: false })).toBe('fail');
    expect(run({ compliance_api_enabled: false, outcome: 'denied' })).toBe('pass');
  });
});

describe('an invite link', () => {
  const off = event('org_invite_link_disabled', {}, EARLY);
  const on = event('org_invite_link_generated', {}, EARLY);
  const run = (readings: Given['readings'] & object) =>
    runRule(inviteLinks, { logDays: 14 }, { profile, readings }).state;
  it('is off only in a log without a gap, and not if an event at the same instant turns it on', () => {
    expect(run(feed(off))).toBe('pass');
    expect(run(gappy(off))).toBe('cannot_read');
    expect(run(feed(off, on))).toBe('fail');
    expect(run(feed(on, off))).toBe('fail');
  });
});

describe('connectors', () => {
  const run = (...rows: Row[]) =>
    runRule(
      onlyChartered,
      {},
      {
        profile,
        charter: { connectors: [] },
        readings: {
          connectors: [
            reading('connectors', [{ connector: 'Asana', enabled: false }], { observedOn: '2026-11-01' }),
          ],
          ...feed(...rows),
        },
      },
    ).state;
  const added = (detail: Detail, type = 'mcp_server_created') =>
    event(type, { mcp_server_name: 'Notion', ...detail });
  it('are enabled by events that succeeded, in either form', () => {
    expect(run(added({}))).toBe('fail');
    expect(run(added({ enabled: false }))).toBe('pass');
    expect(run(added({ outcome: 'rejected' }))).toBe('pass');
    expect(run(added({ enabled: false }), added({ is_enabled: true }, 'mcp_server_updated'))).toBe('fail');
  });
  it('leave a request open that no answer settles', () => {
    const asked = (day: string) =>
      event('admin_request_created', { request_type: 'connector' }, `${day}T15:00:00Z`);
    const answered = (detail: Detail) =>
      event('admin_connector_request_resolved', detail, '2026-10-20T15:00:00Z');
    const decide = (...rows: Row[]) =>
      runRule(
        requestsAnswered,
        { days: 14 },
        { profile, journal: { connectorRequests: [] }, readings: feed(...rows) },
      ).state;
    expect(decide(asked('2026-10-05'), answered({ decision: 'approved' }))).toBe('pass');
    expect(decide(asked('2026-10-05'), answered({ decision: 'unspecified' }))).toBe('cannot_read');
    expect(decide(asked('2026-10-05'), asked('2026-10-06'), answered({ decision: 'approved' }))).toBe(
      'cannot_read',
    );
    expect(
      decide(
        asked('2026-10-05'),
        asked('2026-10-06'),
        answered({ decision: 'dismissed', resolved_count: 2 }),
      ),
    ).toBe('pass');
  });
  it('restore an extension whose block is lifted', () => {
    const extension = (name: string, at: string) =>
      event(`desktop_extension_${name}`, { extension_id: 'Files' }, at);
    const decide = (...rows: Row[]) =>
      runRule(
        desktopExtensions,
        {},
        {
          profile,
          charter: { desktopExtensions: [] },
          readings: {
            settings: [reading('settings', [{ name: 'desktop_extension_allowlist_enabled', value: true }])],
            ...feed(...rows),
          },
        },
      ).state;
    const listed = extension('allowlisted', '2026-10-01T15:00:00Z');
    const blocked = extension('blocklisted', '2026-10-02T15:00:00Z');
    expect(decide(listed)).toBe('fail');
    expect(decide(listed, blocked)).toBe('pass');
    expect(decide(listed, blocked, extension('unblocked', '2026-10-03T15:00:00Z'))).toBe('fail');
  });
});
