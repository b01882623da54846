import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Verdict } from '#domain/model/verdict.ts';
import { type Assessed, assessing } from './assessing.ts';
import { csvOf, gridOf, TABLES, type TestTable, tableOf } from './tables.ts';

const CHARTER = {
  version: 1,
  inForceSince: '2026-08-25',
  approvedBy: ['Ada Quist'],
  accountOwner: 'ada.quist@alder.example.org',
  owners: ['ada.quist@alder.example.org', 'ben.rook@alder.example.org'],
  admins: ['eve.ames@alder.example.org'],
  inviteDomains: ['alder.example.org'],
  seatsFor: 'everyone',
  governanceOwner: { name: 'Ada Quist', email: 'ada.quist@alder.example.org' },
  connectors: [
    { name: 'Asana', sensitivity: 'low', actions: { 'Create task': 'ask', 'Delete task': 'blocked' } },
    {
      name: 'Microsoft 365',
      sensitivity: 'medium',
      actions: { 'Search files': 'allow', 'Read email': 'ask' },
    },
  ],
  policy: { version: '3', published: '2026-08-26' },
};
const JOURNAL = {
  firstInvitation: '2026-09-01',
  lockdown: { on: '2026-08-28', by: 'Ada Quist' },
  announcements: [{ on: '2026-08-26', by: 'Ada Quist', about: 'policy', recipients: 7 }],
  trainings: [{ on: '2026-09-10', topic: 'policy', everyone: true }],
};
/** An unknown heading, given to one column of each table. */
const ODD = 'Zorgle';

async function assessed(changed: TestTable | null, field = '', says?: string): Promise<Assessed> {
  const files = Object.fromEntries(
    TABLES.map((table) => [table.name, csvOf(gridOf(table, table === changed ? { [field]: ODD } : {}))]),
  );
  return assessing({
    files: { ...files, 'journal.yaml': stringify(JOURNAL) },
    charter: CHARTER,
    profile: { claudePlan: 'enterprise', claudeSeats: 8, staffCount: 7, m365: 'business_premium' },
    ...(changed === null || says === undefined ? {} : { columns: { [changed.kind]: { [ODD]: says } } }),
    map: TABLES.map(({ kind, name }) => ({ kind, file: name })),
  });
}

/** Content of a verdict, without people's names and file names. */
const sayingOf = ({ state, items, reason }: Verdict): string =>
  JSON.stringify([
    state,
    items.map(({ key, state: own }) => `${key} ${own ?? ''}`).sort(),
    reason.match(/\d+/g),
  ]);

const asks = (verdict: Verdict): boolean =>
  verdict.state === 'cannot_read' && `${verdict.reason} ${verdict.question ?? ''}`.includes(ODD);

/** A fail that other columns prove must remain, with as many items, and name the column. */
const stays = (was: Verdict, is: Verdict): boolean =>
  was.state === 'fail' &&
  is.state === 'fail' &&
  was.items.length === is.items.length &&
  is.reason.includes(ODD);

const before = await assessed(null);

/** Every column of every table. */
const fields = TABLES.flatMap((table) => Object.keys(table.headings).map((field) => ({ table, field })));

describe('a column whose heading is not known', () => {
  it.each(fields.map(({ table, field }) => [table.kind, field, table] as const))(
    'of the %s, %s, changes no answer without being asked about',
    async (_, field, table) => {
      const now = await assessed(table, field);
      const wrong = now.verdicts.filter((verdict) => {
        const was = before.verdict(verdict.control);
        return sayingOf(was) !== sayingOf(verdict) && !asks(verdict) && !stays(was, verdict);
      });
      expect(
        wrong.map((verdict) => ({
          control: verdict.control,
          was: `${before.verdict(verdict.control).state}: ${before.verdict(verdict.control).reason}`,
          is: `${verdict.state}: ${verdict.reason}`,
        })),
      ).toEqual([]);
    },
  );

  const ASKED = [
    ['roster', 'startsOn'],
    ['members', 'role'],
    ['domain_memberships', 'plan'],
    ['usage', 'requests'],
    ['acknowledgements', 'version'],
    ['entra_users', 'enabled'],
    ['connectors', 'connector'],
    ['audit_log', 'at'],
  ] as const;
  it.each(ASKED)('of the %s, %s, is read once a person says what it holds', async (kind, field) => {
    const table = tableOf(kind);
    const asked = await assessed(table, field);
    expect(asked.verdicts.some(asks), 'someone is asked').toBe(true);
    const said = await assessed(table, field, field);
    expect(said.verdicts.map(sayingOf)).toEqual(before.verdicts.map(sayingOf));
  });

  it('is not asked about again once a person leaves it out', async () => {
    const table = tableOf('members');
    const files = {
      [table.name]: csvOf(gridOf(table, { role: ODD })),
    };
    const leftOut = await assessing({
      files,
      map: [{ kind: 'members', file: table.name }],
      columns: { members: { [ODD]: null } },
    });
    expect(leftOut.verdicts.some(asks)).toBe(false);
    expect(leftOut.verdict('CLA-ACC-02').state).toBe('cannot_read');
  });
});

it('an owner on a private address fails, whatever an unknown column of the roster says', async () => {
  const { verdict } = await assessing({
    files: {
      'members.csv':
        'Name,Email,Role,Seat Tier\nHal Oak,hal.oak@gmail.com,Primary Owner,Standard\nInfo,info@alder.example.org,User,Standard\n',
      'roster.csv':
        'Name,Work email,Zorgle,Status\nHal Oak,hal.oak@gmail.com,Volunteer,Active\nIda Elm,ida@alder.example.org,Employee,Active\nUma Ash,uma@alder.example.org,Employee,Active\n',
    },
    charter: { accountOwner: 'claude@alder.example.org', people: { shared: ['info@alder.example.org'] } },
  });
  expect(verdict('CLA-ACC-05')).toMatchObject({ state: 'fail' });
  expect(verdict('CLA-ACC-08')).toMatchObject({ state: 'fail' });
});
