import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { complianceRecords } from './compliance-records.ts';
import { event, feed } from './testing.ts';

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
      reason: expect.stringContaining('from Nov 16, 2026, 8 days ago'),
    });
    expect(decide(feed(set('2026-11-21T02:00:00Z', false))).reason).toContain('off on Nov 20, 2026');
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
  it('fails on the feed even if an audit log was refused', () => {
    const off = feed(set('2026-11-20T10:00:00Z', false), event('x', '2026-11-23T10:00:00Z'));
    const refused = { file: 'log.csv', is: 'refused', why: 'Row 2 breaks off.' } as const;
    const given = { readings: off, unusableFiles: { audit_log: [refused] } };
    expect(runRule(complianceRecords, { days: 7 }, given, { freshDays: 7 }).state).toBe('fail');
  });
  it('does not guess the new value of a change that does not state it', () => {
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
// Guide: G1.1-10 G2.2-32 G5.2-00
