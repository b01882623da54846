import { describe, expect, it } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { usageReadable } from './usage-readable.ts';

const decide = (parts: Given, what: 'use' | 'spend' = 'use') =>
  runRule(usageReadable, { what, maxAgeDays: 45 }, parts, { freshDays: 45 });
const row = { email: 'a@alder.example.org', messages: 4, netUsd: 1.5 };
const usage = (options: Partial<Reading<'usage'>>, rows: readonly object[] = [row]) =>
  reading('usage', rows, options);
const ending = (to: string) => ({ covers: { from: '2026-09-01', to } });

describe('usage-readable', () => {
  it('counts the day through which the file covers, to the day', () => {
    expect(decide({ readings: { usage: [usage(ending('2026-10-10'))] } })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('covers Sep 1, 2026 to Oct 10, 2026'),
    });
    expect(decide({ readings: { usage: [usage(ending('2026-10-09'))] } })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('46 days ago. It is valid for 45'),
    });
  });

  it('does not take the account of a program for people who use Claude', () => {
    const program = { ...row, email: 'svc-reporting@alder.example.org' };
    expect(decide({ readings: { usage: [usage(ending('2026-11-20'), [program])] } })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('lists no person, only svc-reporting@alder.example.org'),
    });
    expect(decide({ readings: { usage: [usage(ending('2026-11-20'), [program, row])] } })).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('1 line'),
    });
    expect(decide({ readings: { usage: [usage(ending('2026-11-20'), [program])] } }, 'spend').state).toBe(
      'pass',
    );
  });

  it('does not count the current month past the day of the file', () => {
    const file = usage({ covers: { from: '2026-10-01', to: '2026-12-31' }, observedOn: '2026-10-20' });
    expect(decide({ readings: { usage: [file] } }).reason).toContain('to Oct 20, 2026');
  });

  it('does not count figures from before the first invitation', () => {
    const state = (firstInvitation: string, what: 'use' | 'spend') =>
      decide({ readings: { usage: [usage(ending('2026-10-31'))] }, journal: { firstInvitation } }, what)
        .state;
    for (const what of ['use', 'spend'] as const) {
      expect(state('2026-11-01', what)).toBe('cannot_read');
      expect(state('2026-10-31', what)).toBe('pass');
    }
  });

  it('does not count figures from before the first of today’s members if the journal is silent', () => {
    const added = (...days: (string | null)[]) => {
      const rows = days.map((addedOn, at) => ({ email: `${'ab'[at]}@alder.example.org`, addedOn }));
      return decide({
        readings: { usage: [usage(ending('2026-10-31'))], members: [reading('members', rows)] },
      });
    };
    expect(added('2026-11-03', '2026-11-01')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the first of today’s members was added on Nov 1, 2026'),
    });
    for (const days of [
      ['2026-11-03', '2026-10-31'],
      ['2026-11-03', null],
    ])
      expect(added(...days).state).toBe('pass');
  });

  it('reads the period from the lines if the file has none', () => {
    expect(
      decide({ readings: { usage: [usage({}, [{ ...row, from: '2026-11-01', to: '2026-11-20' }])] } }).state,
    ).toBe('pass');
    expect(decide({ readings: { usage: [usage({})] } })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('the first and the last day') },
    });
  });

  it('takes no spend report for figures of use where seats include use, and for spend it does', () => {
    const spend = usage(ending('2026-11-20'), [{ email: 'a@x.org', requests: 40, netUsd: 2.5 }]);
    const older = usage(ending('2026-11-10'), [row]);
    const on = (
      claudePlan: 'team' | 'enterprise',
      files: Reading<'usage'>[],
      what: 'use' | 'spend' = 'use',
    ) => decide({ profile: { claudePlan }, readings: { usage: files } }, what);
    expect(on('team', [spend])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('only use above the allotment'),
      ask: { detail: 'within_allotment' },
    });
    expect(on('team', [spend], 'spend').state).toBe('pass');
    expect(on('enterprise', [spend]).state).toBe('pass');
    expect(on('team', [older]).state).toBe('pass');
    expect(on('team', [{ ...older, file: 'messages.csv' }, spend]).reason).toContain('to Nov 10, 2026');
  });

  it('reads analytics too, for use and not for spend', () => {
    const analytics_users = [
      reading('analytics_users', [{ email: 'a@x.org', on: '2026-11-20', messages: 2 }]),
    ];
    expect(decide({ readings: { analytics_users } }).state).toBe('pass');
    expect(decide({ readings: { analytics_users } }, 'spend').state).toBe('cannot_read');
  });

  it('does not accept an empty or missing file, or one without amounts, as figures', () => {
    expect(decide({ readings: { usage: [usage(ending('2026-11-20'), [])] } }).state).toBe('cannot_read');
    expect(
      decide(
        { readings: { usage: [usage(ending('2026-11-20'), [{ email: 'a@x.org', messages: 3 }])] } },
        'spend',
      ),
    ).toMatchObject({ state: 'cannot_read', reason: expect.stringContaining('no amounts') });
    expect(decide({}).state).toBe('cannot_read');
  });
});
// Guide: G1.1-04 G2.2-31 G5-00 G5.1-00 G5.1-01 G5.1-02 G5.1-04 G5.1-07 G5.2-01
