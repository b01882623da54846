import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

/** A newer list that appears to be the start, or half, of an earlier one. */

const PEOPLE = Array.from({ length: 24 }, (_, at) => `p${String(at + 10)}`);
const members = (people: readonly string[]) =>
  csv(
    'Name,Email,Role,Status',
    ...people.map(
      (one) => `${one} Quist,${one}@alder.example.org,${one === 'p10' ? 'Primary Owner' : 'User'},Active`,
    ),
  );
const roster = (people: readonly string[], status: (one: string) => string = () => 'Active') =>
  csv(
    'Name,Work email,Status',
    ...people.map((one) => `${one} Quist,${one}@alder.example.org,${status(one)}`),
  );
const OLD = 'members-2026-10-30.csv';
const NEW = 'members-2026-11-24.csv';
const ROSTER = 'roster-2026-11-24.csv';

async function partOf(given: Parameters<typeof assessing>[0]) {
  const { report, verdict } = await assessing({ charter: { version: 1 }, ...given });
  const { state, reason } = verdict('CLA-ACC-07');
  return { state, reason, report };
}

describe('a members file after an earlier one', () => {
  const everyone = members(PEOPLE);
  const staff = { [ROSTER]: roster(PEOPLE) };

  it('is a part where the last lines of the earlier one are missing, and names who', async () => {
    const found = await partOf({ files: { ...staff, [OLD]: everyone, [NEW]: members(PEOPLE.slice(0, 20)) } });
    expect(found).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringMatching(
        /looks cut short: 4 of 24 entries of members-2026-10-30.csv .*p30@alder.example.org/,
      ),
    });
  });

  it('is a part where half are missing, wherever they stood', async () => {
    const half = PEOPLE.filter((_, at) => at % 2 === 0);
    const found = await partOf({ files: { ...staff, [OLD]: everyone, [NEW]: members(half) } });
    expect(found).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('12 of 24 entries'),
    });
  });

  it('is whole where a few are missing here and there, or others came', async () => {
    const some = PEOPLE.filter((_, at) => at % 6 !== 1);
    expect((await partOf({ files: { ...staff, [OLD]: everyone, [NEW]: members(some) } })).state).toBe('pass');
    const others = PEOPLE.map((one, at) => (at < 12 ? one : `q${at}`));
    const both = { [ROSTER]: roster([...PEOPLE, ...others.slice(12)]) };
    expect((await partOf({ files: { ...both, [OLD]: everyone, [NEW]: members(others) } })).state).toBe(
      'pass',
    );
  });

  it('is whole where the roster says that those who are missing left', async () => {
    const left = { [ROSTER]: roster(PEOPLE, (one) => (PEOPLE.indexOf(one) < 20 ? 'Active' : 'Terminated')) };
    const found = await partOf({ files: { ...left, [OLD]: everyone, [NEW]: members(PEOPLE.slice(0, 20)) } });
    expect(found.state).toBe('pass');
  });

  it('is whole once a person chose its kind', async () => {
    const found = await partOf({
      files: { ...staff, [OLD]: everyone, [NEW]: members(PEOPLE.slice(0, 20)) },
      map: [{ kind: 'members', file: NEW }],
    });
    expect(found.state).toBe('pass');
  });
});

describe('other lists after an earlier one', () => {
  it.each<readonly [string, string, string, string]>([
    [
      'a roster of half of the staff',
      'roster',
      roster(PEOPLE),
      roster(PEOPLE.filter((_, at) => at % 2 === 0)),
    ],
    [
      'a connectors table of half of the connectors',
      'connectors',
      csv(
        'Connector,Action,State',
        ...['Slack', 'Gmail', 'Box', 'Zoom', 'Asana', 'Jira', 'Figma', 'Miro', 'Loom', 'Notion'].map(
          (one) => `${one},Read,Needs approval`,
        ),
      ),
      csv('Connector,Action,State', 'Slack,Read,Needs approval', 'Gmail,Read,Needs approval'),
    ],
  ])('%s accuses no one and clears no one', async (_, name, before, after) => {
    const { verdict } = await assessing({
      files: {
        'members-2026-11-24.csv': members(PEOPLE),
        [`${name}-2026-10-30.csv`]: before,
        [`${name}-2026-11-24.csv`]: after,
      },
      charter: {
        version: 1,
        connectors: ['Slack', 'Gmail'].map((one) => ({ name: one, actions: { read: 'ask' } })),
      },
    });
    const control = name === 'roster' ? 'CLA-ACC-07' : 'CLA-CON-04';
    expect(verdict(control)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('looks cut short'),
    });
  });
});
