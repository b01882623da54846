import { describe, expect, it } from 'vitest';
import type { Control } from '../model/catalogue.ts';
import type { Kind } from '../model/kinds.ts';
import { type Given, given, reading } from '../testing/build.ts';
import { decide } from './decide.ts';

const at = (name: string) => `${name}@alder.example.org`;
const seat = (name: string, more: object = {}) => ({
  email: at(name),
  name: `${name} Alder`,
  role: 'user' as const,
  status: 'active' as const,
  ...more,
});
const staff = (name: string, more: object = {}) => ({
  emails: [at(name)],
  name: `${name} Alder`,
  unsure: null,
  status: 'active' as const,
  ...more,
});
const left = { status: 'left' as const, endsOn: '2026-10-01' };

function verdict(rule: string, reads: readonly Kind[], parts: Given, params: Record<string, unknown> = {}) {
  const control: Control = {
    id: 'CLA-ACC-07',
    version: 1,
    title: 'A control under test',
    action: 'Mend it',
    board: { wrong: 'It is broken' },
    area: 'accounts',
    severity: 'high',
    concerns: 'it_admin',
    why: 'It is under test.',
    guide: [],
    needs: [],
    checks: [{ rule, reads: [...reads], with: params }],
    remediation: { minutes: 5, who: 'IT', steps: [{ do: 'Nothing' }] },
    facts: [],
    sources: [],
  };
  const found = decide(given({ ...parts, catalogue: { controls: [control] } }))[0];
  if (found === undefined) throw new Error('The catalogue of this test holds one control.');
  return found;
}
const keys = ({ items }: { readonly items: readonly { readonly key: string }[] }) =>
  items.map(({ key }) => key);

const PEOPLE: readonly Kind[] = ['members', 'roster'];
const team = ['dana', 'kim', 'noor', 'lee'];
/** Two members files of one day: the second lacks the last person and has somebody else. */
const twoMembers = (...more: readonly string[]) => [
  reading(
    'members',
    [...team, ...more].map((one) => seat(one)),
    { file: 'a.csv' },
  ),
  reading(
    'members',
    [...team.slice(0, 3), ...more, 'zoe'].map((one) => seat(one)),
    { file: 'b.csv' },
  ),
];
const everyone = [...team, 'zoe', 'gone'];
const roster = [
  reading(
    'roster',
    everyone.map((one) => staff(one, one === 'gone' ? left : {})),
  ),
];

describe('two members files of one day that differ', () => {
  it('fail for a leaver whom both list, and say that nothing else is known', () => {
    const found = verdict('seats-are-staff', PEOPLE, { readings: { members: twoMembers('gone'), roster } });
    expect(found).toMatchObject({
      state: 'fail',
      reason: expect.stringMatching(
        /No matter which of a\.csv and b\.csv is the current one.*gone Alder.*2 files/,
      ),
      question: expect.stringContaining('Members'),
    });
    expect(keys(found)).toEqual([at('gone')]);
  });

  it('accuse nobody whom only one of them lists', () => {
    const [first, second] = twoMembers();
    const readings = {
      members:
        first && second
          ? [
              reading(
                'members',
                [...team, 'gone'].map((one) => seat(one)),
                { file: 'a.csv' },
              ),
              second,
            ]
          : [],
      roster,
    };
    expect(verdict('seats-are-staff', PEOPLE, { readings }).state).toBe('cannot_read');
  });

  it('pass nothing, although each of them would', () => {
    expect(verdict('seats-are-staff', PEOPLE, { readings: { members: twoMembers(), roster } }).state).toBe(
      'cannot_read',
    );
  });

  it('say nothing of what each alone lacks and both together have', () => {
    const owner = (name: string) => seat(name, { role: 'owner' as const });
    const members = (primary: string, other: string, file: string) =>
      reading(
        'members',
        [
          seat(primary, { role: 'primary_owner' as const }),
          owner(other),
          ...team.map((one) => seat(one)),
        ].filter(({ email }, n, all) => all.findIndex((one) => one.email === email) === n),
        { file },
      );
    const readings = { members: [members('dana', 'kim', 'a.csv'), members('kim', 'noor', 'b.csv')], roster };
    expect(verdict('owner-succession', PEOPLE, { readings }).state).toBe('cannot_read');
  });
});

describe('two rosters of one day that differ', () => {
  const twoRosters = (inSecond: object) => [
    reading(
      'roster',
      everyone.map((one) => staff(one, one === 'gone' ? left : {})),
      { file: 'hr.csv' },
    ),
    reading(
      'roster',
      [...team, 'gone'].map((one) => staff(one, one === 'gone' ? inSecond : {})),
      { file: 'payroll.csv' },
    ),
  ];
  const members = [
    reading(
      'members',
      [...team, 'gone'].map((one) => seat(one, one === 'dana' ? { role: 'primary_owner' as const } : {})),
    ),
  ];

  it.each([
    ['seats-are-staff', {}],
    ['offboarding-tasks', { tasks: ['claude'] }],
    ['directory-sync', {}],
  ] as const)('fail for a leaver in both: %s', (rule, params) => {
    const readings = { members, roster: twoRosters({ status: 'left', endsOn: '2026-10-02' }) };
    const found = verdict(rule, PEOPLE, { readings }, params);
    expect(found).toMatchObject({ state: 'fail', reason: expect.stringContaining('gone Alder') });
    expect(found.reason).toContain('payroll.csv');
  });

  it('accuse nobody whom one of them lists as staff', () => {
    const readings = { members, roster: twoRosters({}) };
    expect(verdict('seats-are-staff', PEOPLE, { readings }).state).toBe('cannot_read');
  });
});

describe('a part of a roster', () => {
  const part = [reading('roster', [staff('dana'), staff('gone', left)], { complete: false })];
  const members = [
    reading(
      'members',
      [...team, 'gone'].map((one) => seat(one)),
    ),
  ];

  it('shows a leaver who holds a seat, and no stranger', () => {
    const found = verdict('seats-are-staff', PEOPLE, { readings: { members, roster: part } });
    expect(found).toMatchObject({ state: 'fail', reason: expect.stringContaining('only part of') });
    expect(keys(found)).toEqual([at('gone')]);
  });

  it('shows an account of a leaver that is enabled', () => {
    const users = [reading('entra_users', [{ id: '1', upn: at('gone'), mail: at('gone'), enabled: true }])];
    const readings = { roster: part, entra_users: users };
    expect(verdict('leavers-disabled-in-entra', ['roster', 'entra_users'], { readings })).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('gone Alder'),
    });
  });

  it('clears nobody', () => {
    const roster = [
      reading(
        'roster',
        team.map((one) => staff(one)),
        { complete: false },
      ),
    ];
    const readings = {
      members: [
        reading(
          'members',
          team.map((one) => seat(one)),
        ),
      ],
      roster,
    };
    expect(verdict('seats-are-staff', PEOPLE, { readings }).state).toBe('cannot_read');
  });
});
