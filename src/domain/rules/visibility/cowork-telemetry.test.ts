import { describe, expect, it } from 'vitest';
import { type Given, runRule } from '../../testing/build.ts';
import { coworkTelemetry } from './cowork-telemetry.ts';
import { event, feed } from './testing.ts';

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
    ).toMatchObject({ state: 'fail', reason: expect.stringContaining('cleared on Nov 1, 2026') });
  });
  it.each([
    [
      'Cowork',
      event('org_cowork_disabled', '2026-11-01T10:00:00Z'),
      'cannot_read',
      /Cowork was switched off on Nov 1/,
    ],
    [
      'the export',
      event('org_cowork_otlp_settings_updated', '2026-11-01T10:00:00Z', {
        new_otlp_endpoint: 'https://otel.alder.example.org',
        new_otlp_protocol: null,
      }),
      'fail',
      /export of Cowork telemetry was switched off on Nov 1/,
    ],
  ] as const)('does not pass once %s was switched off', (_, later, state, reason) => {
    const rows = [set('https://otel.alder.example.org'), later];
    expect(decide({ charter, readings: feed(...rows) })).toMatchObject({
      state,
      reason: expect.stringMatching(reason),
    });
    const again = event('org_cowork_enabled', '2026-11-05T10:00:00Z');
    const passes = state === 'cannot_read' ? 'pass' : 'fail';
    expect(decide({ charter, readings: feed(...rows, again) }).state).toBe(passes);
    // Telemetry from before shows nothing about today.
    const journal = {
      telemetryReceived: [{ from: 'cowork' as const, on: '2026-10-31', organization: 'own' as const }],
    };
    expect(decide({ charter, journal, readings: feed(...rows) }).state).toBe(state);
  });
  it('does not treat the charter as the setting', () => {
    expect(decide({ charter })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('what is intended, not what is set'),
    });
    expect(decide({ charter, readings: feed(event('x', '2026-11-01T10:00:00Z')) }).state).toBe('cannot_read');
    expect(
      decide({ charter, readings: feed(event('org_cowork_otlp_settings_updated', '2026-11-01T10:00:00Z')) })
        .state,
    ).toBe('cannot_read');
  });
  it('accepts telemetry of the client’s own organization for a week, unless changed since', () => {
    const came = (on: string, organization = 'own') => ({
      journal: { telemetryReceived: [{ from: 'cowork', on, organization }] },
    });
    expect(decide({ ...came('2026-11-17'), charter })).toMatchObject({
      state: 'pass',
      reason: expect.stringMatching(/came in here, the last on Nov 17, 2026.*otel\.alder/),
    });
    expect(decide(came('2026-11-16'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the last on Nov 16, 2026'),
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
    // Telemetry that was not decided on, is against the charter, or is set to go elsewhere does not pass.
    expect(decide({ ...came('2026-11-23'), charter: {} })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('telemetry') },
    });
    // With Cowork off, only telemetry received after it was switched off contradicts that.
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
  it('asks where the log shows Cowork switched on last and the charter says off', () => {
    const off = (...events: ReturnType<typeof event>[]) =>
      decide({ charter: { cowork: { enabled: false } }, readings: feed(...events) });
    const on = event('org_cowork_enabled', '2026-11-10T10:00:00Z');
    expect(off(on)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('switched on, last on Nov 10, 2026'),
      ask: { of: 'look', field: 'cowork' },
    });
    expect(off(on, event('org_cowork_disabled', '2026-11-12T10:00:00Z')).state).toBe('not_applicable');
    expect(off(event('org_cowork_disabled', '2026-11-08T10:00:00Z'), on).state).toBe('cannot_read');
  });
  it('does not apply if Cowork is off', () => {
    expect(
      decide({
        charter: {
          cowork: { enabled: false, runInCloud: false, automaticApproval: false, alwaysAllow: false },
        },
      }).state,
    ).toBe('not_applicable');
  });
});
// Guide: G1.1-11 G2.2-33 G5.2-02 G5.2-05 G5.2-06 G5.3-00
