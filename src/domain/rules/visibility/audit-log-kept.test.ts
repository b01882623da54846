import { describe, expect, it } from 'vitest';
import { reading, runRule } from '../../testing/build.ts';
import { auditLogKept } from './audit-log-kept.ts';
import { event } from './testing.ts';

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
      reason: expect.stringContaining('from Mar 1, 2026 through Nov 20, 2026'),
    });
    expect(outcome.items).toHaveLength(2);
  });
  it('does not count a part as the log of its days', () => {
    const whole = log('2026-03-01', '2026-11-20');
    const part = { ...whole, complete: false, file: 'part.csv', sha256: 'part' };
    expect(decide(part)).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('part.csv') });
    expect(decide(part, whole).state).toBe('pass');
  });
  it('names days that are lost', () => {
    expect(decide(log('2025-10-01', '2026-02-01'), log('2026-05-20', '2026-11-20'))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Feb 2, 2026 to May 19, 2026'),
    });
    expect(decide(log('2025-10-01', '2026-04-01')).state).toBe('fail');
  });
  it('is pending while a gap or the next export can still be recovered', () => {
    expect(decide(log('2026-03-01', '2026-07-01'), log('2026-08-01', '2026-11-20'))).toMatchObject({
      state: 'pending',
      due: '2026-12-29',
    });
    expect(decide(log('2026-03-01', '2026-08-01'))).toMatchObject({ state: 'pending', due: '2027-01-28' });
  });
  it('does not count a quiet week as a gap, and joins overlapping exports', () => {
    expect(decide(log('2026-06-01', '2026-09-01'), log('2026-09-09', '2026-11-20')).state).toBe('pass');
    expect(
      decide(log('2026-06-01', '2026-11-20', 'a.csv'), log('2026-07-01', '2026-07-10', 'b.csv')).state,
    ).toBe('pass');
  });
  it('does not treat a filtered export as the log', () => {
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
// Guide: G5-00 G5.1-07
