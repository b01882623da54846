import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { usageOutliers } from './usage-outliers.ts';

const mail = (name: string) => `${name}@alder.example.org`;
const COVERS = { covers: { from: '2026-11-01', to: '2026-11-23' } };
const decide = (parts: Given) =>
  runRule(usageOutliers, { days: 30, maxAgeDays: 45, minimumDays: 7 }, parts, { freshDays: 45 });
/** Nine people with `base` each and one with `top`. */
const lines = (top: number | null, unit: string, base = 10) => [
  ...Array.from({ length: 9 }, (_, i) => ({ email: mail(`p${i}`), [unit]: base })),
  { email: mail('top'), name: 'Tamsin Lowe', [unit]: top },
];
const usage = (rows: readonly object[], options: Partial<Reading<'usage'>> = COVERS) =>
  reading('usage', rows, options);
const of = (top: number | null, parts: Given = {}, unit = 'messages') =>
  decide({ readings: { usage: [usage(lines(top, unit))] }, ...parts });

describe('usage-outliers', () => {
  it('fires above five times the average and not at it', () => {
    expect(of(90).state).toBe('pass'); // average 18, five times is 90
    const outcome = of(91);
    expect(outcome.state).toBe('fail');
    expect(outcome.reason).toBe(
      '1 person is above 5 times the average without an explanation: Tamsin Lowe (91 messages). The average of 10 people in the file is 18.1 messages from Nov 1, 2026 to Nov 23, 2026.',
    );
    expect(outcome.items).toMatchObject([
      { key: mail('top'), detail: expect.stringContaining('5.03 times the average') },
    ]);
  });

  it('adds up what one person did on two seats', () => {
    const [old, now] = ['tamsin@old.example.org', mail('top')];
    const uses = [...lines(50, 'messages'), { email: old, messages: 50 }];
    const seat = (email: string) => ({ name: 'Tamsin Lowe', email, status: 'active' as const });
    const state = (emails: string[]) =>
      decide({
        readings: {
          usage: [usage(uses)],
          members: [
            reading('members', [
              ...lines(0, 'x')
                .slice(0, 9)
                .map(({ email }) => seat(email)),
              seat(old),
              seat(now),
            ]),
          ],
          roster: [reading('roster', [{ name: 'Tamsin Lowe', emails, status: 'active' }])],
        },
      }).state;
    expect(state([old, now])).toBe('fail');
    expect(state([now])).toBe('pass');
  });

  it('adds up what one account did under two addresses, and not what a shared id did', () => {
    const account = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const renamed = (accountId?: string) => [
      ...lines(50, 'messages').map((line) => (line.email === mail('top') ? { ...line, accountId } : line)),
      { email: mail('new.name'), messages: 50, accountId },
    ];
    const state = (rows: readonly object[]) => decide({ readings: { usage: [usage(rows)] } }).state;
    expect(state(renamed(account))).toBe('fail');
    expect(state(renamed())).toBe('pass');
    expect(state(lines(50, 'messages').map((line) => ({ ...line, accountId: account })))).toBe('pass');
    const analytics = (before: string, after: string) => {
      const of = (on: string, email: string, userId: string, messages: number) => ({
        on,
        email,
        userId,
        messages,
      });
      const rows = [
        ...lines(0, 'x')
          .slice(0, 9)
          .map(({ email }) => of('2026-11-01', email, email, 10)),
        of('2026-11-01', mail('new.name'), before, 50),
        of('2026-11-20', mail('top'), after, 50),
      ];
      return decide({ readings: { analytics_users: [reading('analytics_users', rows)] } }).state;
    };
    expect(analytics('u1', 'u1')).toBe('fail');
    expect(analytics('u1', 'u2')).not.toBe('fail');
  });

  it('does the same with money, without losing the boundary to rounding', () => {
    expect(of(0.9, { readings: { usage: [usage(lines(0.9, 'netUsd', 0.1))] } }).state).toBe('pass');
    const outcome = of(0, { readings: { usage: [usage(lines(0.91, 'netUsd', 0.1))] } });
    expect(outcome.state).toBe('fail');
    expect(outcome.reason).toContain('spend shows only use above the allotment');
    expect(outcome.reason).toContain('$0.91');
  });

  it('finds outliers in a file without dates, and never passes on it', () => {
    const undated = (top: number) => decide({ readings: { usage: [usage(lines(top, 'messages'), {})] } });
    expect(undated(91)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('in a file that does not say which days it covers'),
    });
    expect(undated(90).state).toBe('cannot_read');
  });

  it('treats days without a line as days without use, and a file that ends early as incomplete', () => {
    const line = (who: string, from: string, to: string) => ({ email: mail(who), messages: 10, from, to });
    const of = (...early: readonly (readonly [from: string, to: string])[]) => {
      const late = Array.from({ length: 9 }, (_, i) => [
        line(`p${i}`, '2026-09-25', '2026-09-25'),
        line(`p${i}`, '2026-09-28', '2026-10-04'),
        line(`p${i}`, '2026-11-22', '2026-11-22'),
      ]).flat();
      const rows = [...late, ...early.map(([from, to]) => line('quiet', from, to))];
      return decide({
        readings: { usage: [usage(rows, { covers: { from: '2026-09-25', to: '2026-11-22' } })] },
      });
    };
    expect(of(['2026-09-26', '2026-09-26']).reason).not.toContain('the file ends');
    expect(of(['2026-09-28', '2026-10-04']).reason).not.toContain('the file ends');
    for (const other of [
      ['2026-09-01', '2026-09-30'],
      ['2026-09-24', '2026-09-24'],
    ] as const)
      expect(of(other)).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('for 1 person, the file ends'),
      });
  });

  it('takes the minimum history from the charter', () => {
    const wanting = (usageMinimumDays: number) => of(91, { charter: { usageMinimumDays } });
    expect(wanting(23).state).toBe('fail');
    expect(wanting(24)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('The figures cover 23 days'),
    });
  });

  it('does not pass on a few days unless the charter says that they are enough', () => {
    const days = { from: '2026-11-17', to: '2026-11-18' };
    const few = (charter: Record<string, unknown>) =>
      decide({
        charter,
        readings: {
          usage: [usage(lines(50, 'messages'), { covers: days })],
        },
      });
    expect(few({})).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('2 days of use are too few to tell. 7 days are needed.'),
    });
    expect(few({ usageMinimumDays: 2 }).state).toBe('pass');
  });

  it('takes the factor from the charter', () => {
    expect(of(91, { charter: { usageFactor: 6 } }).state).toBe('pass');
    expect(of(50, { charter: { usageFactor: 3 } }).state).toBe('fail');
  });

  it('prefers messages, then requests, then spend, and never mixes them', () => {
    const rows = lines(10, 'messages').map((row, i) => ({
      ...row,
      requests: i === 0 ? 900 : 1,
      netUsd: i === 1 ? 900 : 1,
    }));
    expect(decide({ readings: { usage: [usage(rows)] } }).state).toBe('pass');
    const noMessages = rows.map((row) => ({ ...row, messages: null }));
    expect(decide({ readings: { usage: [usage(noMessages)] } }).reason).toContain('900 requests');
    const analytics = reading(
      'analytics_users',
      lines(95, 'messages').map((row) => ({ ...row, on: '2026-11-20' })),
    );
    expect(
      decide({ readings: { usage: [usage(noMessages)], analytics_users: [analytics] } }).items,
    ).toMatchObject([{ key: mail('top') }]);
  });

  it('adds up the lines of a person, also under an alias', () => {
    const rows = [...lines(50, 'messages'), { email: mail('tlowe'), messages: 50 }];
    const members = [
      reading('members', [...lines(0, 'x').map(({ email }) => ({ email })), { email: mail('other') }]),
    ];
    const entra_users = [reading('entra_users', [{ upn: mail('top'), aliases: [mail('tlowe')] }])];
    const outcome = decide({ readings: { usage: [usage(rows)], members, entra_users } });
    expect(outcome).toMatchObject({
      state: 'fail',
      items: [{ key: mail('top'), detail: expect.stringContaining('100 messages') }],
    });
    expect(outcome.reason).toContain('average of 10 members who have a line in the file');
  });

  it('leaves people without a line and outsiders out of the average, and still judges the outsider', () => {
    const members = [
      reading('members', [
        ...Array.from({ length: 9 }, (_, i) => ({ email: mail(`p${i}`) })),
        { email: mail('silent') },
      ]),
    ];
    const outcome = decide({ readings: { usage: [usage(lines(60, 'messages'))], members } });
    expect(outcome.reason).toContain('average of 9 members who have a line in the file is 10 messages');
    expect(outcome.items).toMatchObject([
      { key: mail('top'), detail: expect.stringContaining('not a member') },
    ]);
  });

  it('accepts an explanation since the window began, and not an older or a future one', () => {
    const explained = (on: string) =>
      of(200, {
        journal: { explainedUsage: [{ email: mail('top'), on, by: 'Dana', reason: 'Annual report' }] },
      });
    expect(explained('2026-11-20')).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('each explained'),
    });
    expect(explained('2026-11-01').state).toBe('pass');
    expect(explained('2026-10-31').state).toBe('fail');
    expect(explained('2026-12-01').state).toBe('fail');
  });

  it('does not treat a missing figure as zero', () => {
    const outcome = of(null);
    expect(outcome).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('For Tamsin Lowe the file gives no figure'),
    });
    expect(
      decide({
        readings: { usage: [usage([...lines(10, 'messages'), { email: mail('top'), messages: null }])] },
      }).state,
    ).toBe('cannot_read');
  });

  it('considers lines without a person if they could make someone an outlier', () => {
    const withLoose = (messages: number | null) =>
      decide({ readings: { usage: [usage([...lines(10, 'messages'), { messages }])] } }).state;
    expect(withLoose(5)).toBe('pass');
    expect(withLoose(500)).toBe('cannot_read');
    expect(withLoose(null)).toBe('cannot_read');
  });

  it('needs more people than the factor, since nobody can exceed it among fewer', () => {
    const five = [
      ...Array.from({ length: 4 }, (_, i) => ({ email: mail(`p${i}`), messages: 1 })),
      { email: mail('top'), messages: 1000 },
    ];
    expect(decide({ readings: { usage: [usage(five)] } }).state).toBe('cannot_read');
    expect(
      decide({ readings: { usage: [usage([...five, { email: mail('p9'), messages: 1 }])] } }).state,
    ).toBe('fail');
    expect(decide({ charter: { usageFactor: 2 }, readings: { usage: [usage(five)] } }).state).toBe('fail');
    expect(decide({ charter: { usageFactor: 2 }, readings: { usage: [usage(five.slice(1))] } }).state).toBe(
      'cannot_read',
    );
  });

  it('does not read an old period in a fresh file, nor one without a period', () => {
    const old = usage(lines(10, 'messages'), { covers: { from: '2026-09-01', to: '2026-09-30' } });
    expect(decide({ readings: { usage: [old] } })).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('through Sep 30, 2026 only'),
    });
    expect(decide({ readings: { usage: [usage(lines(10, 'messages'), {})] } })).toMatchObject({
      state: 'cannot_read',
      ask: { text: expect.stringContaining('in its name') },
    });
    expect(
      decide({ readings: { usage: [usage(lines(10, 'messages'), { ...COVERS, observedOn: '2026-10-01' })] } })
        .state,
    ).toBe('cannot_read');
    expect(decide({}).state).toBe('cannot_read');
  });

  it('keeps files of one period apart unless a person named both', () => {
    const two = (mappedByHand: boolean) =>
      decide({
        readings: {
          usage: [
            usage(lines(60, 'messages'), { ...COVERS, file: 'a.csv', mappedByHand }),
            usage(lines(61, 'messages'), { ...COVERS, file: 'b.csv', mappedByHand }),
          ],
        },
      });
    expect(two(false)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('a.csv, b.csv'),
    });
    expect(two(true).state).toBe('pass');
  });

  it('does not lose a finding when a further file with another window is added', () => {
    const short = usage(lines(10, 'messages'), {
      covers: { from: '2026-11-24', to: '2026-11-24' },
      file: 'today.csv',
    });
    expect(decide({ readings: { usage: [usage(lines(91, 'messages')), short] } }).state).toBe('fail');
  });

  it('takes the newer figure of a day and the last 30 days from analytics', () => {
    const day = (on: string, top: number, observedOn: string) =>
      reading(
        'analytics_users',
        lines(top, 'messages').map((row) => ({ ...row, on })),
        { file: `${on}-${observedOn}.json`, observedOn },
      );
    const oneDay = { usageMinimumDays: 1 };
    const revised = [day('2026-11-20', 500, '2026-11-21'), day('2026-11-20', 20, '2026-11-23')];
    expect(decide({ charter: oneDay, readings: { analytics_users: revised } }).state).toBe('pass');
    const old = [day('2026-10-22', 500, '2026-11-23'), day('2026-11-21', 20, '2026-11-23')];
    expect(decide({ charter: oneDay, readings: { analytics_users: old } }).state).toBe('pass');
    expect(
      decide({
        readings: {
          analytics_users: [day('2026-10-23', 500, '2026-11-23'), day('2026-11-21', 20, '2026-11-23')],
        },
      }).state,
    ).toBe('fail');
  });

  it('does not count a line that is only in the models report as a line of messages', () => {
    const rows = lines(500, 'messages').map((row) => ({ ...row, on: '2026-11-20' }));
    const models = [{ model: 'claude-opus-4-6', product: 'claude_code', requests: 3, tokens: 900 }];
    const day = { file: 'b.json', observedOn: '2026-11-22' };
    expect(
      decide({
        charter: { usageMinimumDays: 1 },
        readings: {
          analytics_users: [
            reading('analytics_users', rows, { file: 'a.json', observedOn: '2026-11-22' }),
            reading('analytics_users', [{ email: mail('top'), on: '2026-11-21', models }], day),
          ],
        },
      }).state,
    ).toBe('fail');
  });

  it('does not accept analytics with missing days, or of only a few days, as the window', () => {
    const on = (days: readonly number[]) =>
      decide({
        readings: {
          analytics_users: [
            reading(
              'analytics_users',
              days.flatMap((day) =>
                Array.from({ length: 10 }, (_, one) => ({
                  email: mail(`p${one}`),
                  messages: 10,
                  on: `2026-11-${String(day).padStart(2, '0')}`,
                })),
              ),
            ),
          ],
        },
      });
    expect(on([2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20]).state).toBe('pass');
    expect(on([1, 2, 3, 4, 5, 6, 7, 8, 20, 21])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('nothing from Nov 9, 2026 to Nov 19, 2026'),
    });
    expect(on([1, 23])).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('2 days of use are too few'),
    });
  });

  it('reads analytics without days by the period of the file', () => {
    expect(
      decide({ readings: { analytics_users: [reading('analytics_users', lines(91, 'messages'), COVERS)] } })
        .state,
    ).toBe('fail');
    expect(
      decide({ readings: { analytics_users: [reading('analytics_users', lines(91, 'messages'))] } }).state,
    ).toBe('cannot_read');
  });

  it('agrees with the plain formula for any figures and in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 6, maxLength: 20 }),
        fc.integer(),
        (values, turn) => {
          const rows = values.map((messages, i) => ({ email: mail(`p${i}`), messages }));
          const at = Math.abs(turn) % rows.length;
          const total = values.reduce((a, b) => a + b, 0);
          const expected = values.some((value) => value * values.length > 5 * total) ? 'fail' : 'pass';
          expect(
            decide({ readings: { usage: [usage([...rows.slice(at), ...rows.slice(0, at)])] } }).state,
          ).toBe(expected);
        },
      ),
    );
  });
});
// Guide: G5.1-02 G5.5-01 G7.1-04 G7.1-05
