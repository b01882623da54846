import { describe, expect, it } from 'vitest';
import { assessFiles } from './support/client-folder.ts';

const MEMBERS = [
  'Name,Email,Role,Seat Tier,Status',
  'Dana Whitlock,dana@alder.example.org,Primary Owner,Standard,Active',
  'Kim Osei,kim@alder.example.org,Owner,Standard,Active',
  'Noor Vasquez,noor@alder.example.org,User,Standard,Active',
].join('\n');
const JOURNAL =
  'offboardings: []\nexported:\n  - { what: members, on: 2026-11-24 }\n  - { what: roster, on: 2026-11-24 }\n';
const CHARTER = 'version: 1\nseatsFor: everyone\nprovisioning: jit\n';

/** Controls that rest on who works here: seats of leavers, just-in-time leavers, everybody invited, offboarding. */
const ON_STAFF = ['CLA-ACC-07', 'CLA-ACC-16', 'CLA-ACC-20', 'CLA-OPS-05'] as const;

const withRoster = (lines: readonly string[], name = 'staff roster.csv') =>
  assessFiles({
    'members.csv': MEMBERS,
    [name]: lines.join('\n'),
    'journal.yaml': JOURNAL,
    'charter.yaml': CHARTER,
  });

describe('a roster that does not say who works here', () => {
  it.each([
    [
      'neither last day nor status',
      [
        'Name,Email,Department,Job Title',
        'Dana Whitlock,dana@alder.example.org,Board,CEO',
        'Kim Osei,kim@alder.example.org,IT,Lead',
        'Noor Vasquez,noor@alder.example.org,IT,Clerk',
      ],
      'no column',
    ],
    [
      'a heading that is not known',
      [
        'Name,Email,Department,Utträdesdatum',
        'Dana Whitlock,dana@alder.example.org,Board,',
        'Kim Osei,kim@alder.example.org,IT,',
        'Noor Vasquez,noor@alder.example.org,IT,2026-10-02',
      ],
      'Utträdesdatum',
    ],
    [
      'a status that cannot be read',
      [
        'Name,Email,Department,Status',
        'Dana Whitlock,dana@alder.example.org,Board,Active',
        'Kim Osei,kim@alder.example.org,IT,Active',
        'Noor Vasquez,noor@alder.example.org,IT,Blorked',
      ],
      '"Blorked"',
    ],
    [
      'a last day that cannot be read',
      [
        'Name,Email,Department,Last working day',
        'Dana Whitlock,dana@alder.example.org,Board,',
        'Kim Osei,kim@alder.example.org,IT,',
        'Noor Vasquez,noor@alder.example.org,IT,end of summer',
      ],
      '"end of summer"',
    ],
    [
      'an empty status without a last day',
      [
        'Name,Email,Department,Status',
        'Dana Whitlock,dana@alder.example.org,Board,Active',
        'Kim Osei,kim@alder.example.org,IT,Active',
        'Noor Vasquez,noor@alder.example.org,IT,',
      ],
      '"Status"',
    ],
  ])('clears nobody: %s', async (_what, lines, says) => {
    const { verdict, report } = await withRoster(lines);
    for (const id of ON_STAFF)
      expect([id, verdict(id).state, verdict(id).reason]).toEqual([
        id,
        'cannot_read',
        expect.stringContaining(says),
      ]);
    expect(report.people.staff).not.toBe(3);
  });

  it('counts people where a column says so, also an empty column of last days', async () => {
    const { verdict, report } = await withRoster([
      'Name,Email,Department,Last working day',
      'Dana Whitlock,dana@alder.example.org,Board,',
      'Kim Osei,kim@alder.example.org,IT,',
      'Noor Vasquez,noor@alder.example.org,IT,',
    ]);
    for (const id of ON_STAFF)
      expect([id, verdict(id).state, verdict(id).reason]).toEqual([id, 'pass', expect.any(String)]);
    expect(report.people.staff).toBe(3);
  });

  it('reads the day numbers of a spreadsheet as days', async () => {
    const { verdict } = await withRoster([
      'Name,Email,Department,Last working day',
      'Dana Whitlock,dana@alder.example.org,Board,',
      'Kim Osei,kim@alder.example.org,IT,',
      'Noor Vasquez,noor@alder.example.org,IT,46295',
    ]);
    expect(verdict('CLA-ACC-07').reason).toContain('Noor Vasquez');
    expect(verdict('CLA-ACC-07').state).toBe('fail');
    expect(verdict('CLA-ACC-07').items[0]?.detail).toContain('30 Sep 2026');
  });
});
