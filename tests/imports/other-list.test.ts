import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

/** A newer list about different people than an earlier one: two merged employers, or two Claude organizations. */

const GUILD = Array.from({ length: 9 }, (_, at) => `guild${at}`);
const HOUSE = Array.from({ length: 6 }, (_, at) => `house${at}`);
const DOMAINS = { domains: ['alder.example.org', 'birch.example.org'] };
const members = (people: readonly string[], domain = 'alder.example.org') =>
  csv(
    'Name,Email,Role,Status',
    ...people.map((one, at) => `${one} Quist,${one}@${domain},${at === 0 ? 'Primary Owner' : 'User'},Active`),
  );
const roster = (people: readonly string[], domain = 'alder.example.org', left: readonly string[] = []) =>
  csv(
    'Name,Work email,Status',
    ...people.map((one) => `${one} Quist,${one}@${domain},${left.includes(one) ? 'Terminated' : 'Active'}`),
  );

const [HOUSE_MEMBERS, GUILD_MEMBERS] = ['house members 2026-11-12.csv', 'guild members 2026-11-23.csv'];
const [HOUSE_STAFF, GUILD_STAFF] = ['house staff 2026-11-18.csv', 'guild staff 2026-11-22.csv'];

describe('a members file after one of other people', () => {
  const outsider = members(HOUSE, 'birch.example.org').replace('house3@birch.example.org', 'house3@aol.com');
  const files = {
    [HOUSE_MEMBERS]: outsider,
    [GUILD_MEMBERS]: members(GUILD),
    'roster 2026-11-23.csv': roster([...GUILD, ...HOUSE]),
  };
  const charter = { version: 1, accountOwner: 'guild0@alder.example.org' };

  it('passes nothing while it is not known which of them counts', async () => {
    const { verdict } = await assessing({ files, charter, profile: DOMAINS });
    for (const control of ['CLA-ACC-02', 'CLA-ACC-05', 'CLA-ACC-06', 'CLA-ACC-07', 'CLA-ACC-18'])
      expect(verdict(control).state, control).not.toBe('pass');
    const { reason, question } = verdict('CLA-ACC-06');
    expect(reason).toMatch(/6 of 6 people there are not in it \(house0@birch.example.org/);
    expect(JSON.stringify(question)).toContain('two Claude organizations');
  });

  it('counts once a person chose its kind', async () => {
    const map = [{ kind: 'members', file: GUILD_MEMBERS }] as const;
    const { verdict } = await assessing({ files, charter, profile: DOMAINS, map: [...map] });
    expect(verdict('CLA-ACC-06').state).toBe('pass');
  });

  it('replaces one whose people have another address since, or who have all left', async () => {
    const moved = {
      ...files,
      [HOUSE_MEMBERS]: members(GUILD, 'birch.example.org'),
    };
    expect((await assessing({ files: moved, charter, profile: DOMAINS })).verdict('CLA-ACC-06').state).toBe(
      'pass',
    );
    const gone = {
      ...files,
      [HOUSE_MEMBERS]: members(HOUSE),
      'roster 2026-11-23.csv': roster([...GUILD, ...HOUSE], undefined, HOUSE),
    };
    expect((await assessing({ files: gone, charter, profile: DOMAINS })).verdict('CLA-ACC-06').state).toBe(
      'pass',
    );
  });

  it('replaces one of another client', async () => {
    const { verdict } = await assessing({ files, charter });
    expect(verdict('CLA-ACC-06').state).toBe('pass');
  });
});

it.each([
  ['members', 'CLA-ACC-06', 1],
  ['members', 'CLA-ACC-06', 2],
  ['roster', 'CLA-ACC-07', 1],
  ['roster', 'CLA-ACC-07', 2],
] as const)(
  'a %s file for %s does not pass after a longer one if it lists %i',
  async (kind, control, few) => {
    const some = HOUSE.slice(0, few);
    const { verdict } = await assessing({
      files: {
        'roster 2026-11-13.csv': roster(kind === 'members' ? [...GUILD, ...some] : GUILD),
        'members 2026-11-12.csv': members(kind === 'members' ? GUILD : some),
        [`${kind} 2026-11-22.csv`]: kind === 'members' ? members(some) : roster(some),
      },
      charter: { version: 1, accountOwner: `${kind === 'members' ? 'house0' : 'guild0'}@alder.example.org` },
      profile: DOMAINS,
    });
    expect(verdict(control)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('9 of 9 people there are not in it'),
    });
  },
);

describe('a roster after one of other people', () => {
  const files = {
    [HOUSE_STAFF]: roster(HOUSE, 'birch.example.org', ['house2']),
    [GUILD_STAFF]: roster(GUILD),
    'members 2026-11-23.csv': members([...GUILD, 'house1'], 'alder.example.org').replace(
      'house1@alder.example.org',
      'house1@birch.example.org',
    ),
  };

  it('accuses no one and clears no one', async () => {
    const { verdict } = await assessing({ files, charter: { version: 1 }, profile: DOMAINS });
    expect(verdict('CLA-ACC-07')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringMatching(/5 of 5 people there are not in it/),
    });
    expect(verdict('CLA-ACC-21').state).toBe('cannot_read');
  });

  it('replaces one whose people it shows as having left', async () => {
    const { verdict } = await assessing({
      files: {
        ...files,
        [HOUSE_STAFF]: roster(GUILD),
        [GUILD_STAFF]: roster(GUILD, undefined, GUILD.slice(1)),
      },
      charter: { version: 1 },
      profile: DOMAINS,
    });
    expect(verdict('CLA-ACC-07')).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('8 of 10 seat holders have left'),
    });
  });

  it('counts beside it where a person says that both are the roster', async () => {
    const map = [HOUSE_STAFF, GUILD_STAFF].map((file) => ({ kind: 'roster', file }) as const);
    const { verdict, report } = await assessing({ files, charter: { version: 1 }, profile: DOMAINS, map });
    for (const name of [HOUSE_STAFF, GUILD_STAFF])
      expect(report.files.find(({ file }) => file === name)?.outcome).toBe('taken');
    expect(verdict('CLA-ACC-07').state).toBe('pass');
    expect(verdict('CLA-ACC-21').reason).toContain('All 14 people');
  });
});
