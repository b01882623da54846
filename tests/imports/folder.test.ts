import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { csv, importing, importOne } from './support.ts';

const MEMBERS = csv(
  'Name,Email,Role,Seat Tier',
  'Ann Lee,ann@alder.example.org,Primary Owner,Premium',
  'Bo Roe,bo@alder.example.org,User,Standard',
);
const MORE_MEMBERS = `${MEMBERS}Cy Poe,cy@alder.example.org,User,Standard\n`;

describe('the day as of which a file speaks', () => {
  it.each([
    ['the day it was saved', 'members.csv', '2026-11-20', '', '2026-11-20', 'saved'],
    ['a day in its name', 'members-2026-11-02.csv', '2026-11-20', '', '2026-11-02', 'name'],
    [
      'a day in its name, written together',
      'claude_20261102_members.csv',
      '2026-11-20',
      '',
      '2026-11-02',
      'name',
    ],
    ['a day in its name, in words', 'members 2-Nov-2026.csv', '2026-11-20', '', '2026-11-02', 'name'],
    [
      'a name that is younger than the file makes nothing younger',
      'members-2026-11-22.csv',
      '2026-11-20',
      '',
      '2026-11-20',
      'saved',
    ],
    [
      'a name that can be read in two ways, as people of the client’s zone write it',
      'members 03-04-2026.csv',
      '2026-11-20',
      '',
      '2026-03-04',
      'name',
    ],
    [
      'what the journal says of the kind',
      'members.csv',
      '2026-11-20',
      'exported: [{what: members, on: 2026-11-10}]',
      '2026-11-10',
      'stated',
    ],
    [
      'what the journal says of the file',
      'a/members.csv',
      '2026-11-20',
      'exported: [{what: Members.csv, on: 2026-11-11}]',
      '2026-11-11',
      'stated',
    ],
    [
      'a copy made after the day of the decision says nothing',
      'members.csv',
      '2027-02-01',
      '',
      '2026-11-24',
      'saved',
    ],
    [
      'a journal that says after today is believed',
      'members.csv',
      '2027-02-01',
      'exported: [{what: members, on: 2026-12-05}]',
      '2026-12-05',
      'stated',
    ],
    [
      'a name after today is believed when nothing else tells',
      'members-2026-12-06.csv',
      '2027-02-01',
      '',
      '2026-12-06',
      'name',
    ],
  ])('%s', async (_what, name, saved, journal, day, from) => {
    const { readings } = await importing({
      files: { [name]: MEMBERS, ...(journal ? { 'journal.yaml': journal } : {}) },
      saved: { [name]: saved },
    });
    expect(readings.members?.map(({ observedOn, dateFrom }) => [observedOn, dateFrom])).toEqual([
      [day, from],
    ]);
  });

  it('counts the evening in the zone of the client', async () => {
    const { readings } = await importing({
      files: { 'm.csv': MEMBERS },
      saved: { 'm.csv': '2026-11-20' },
      options: { timezone: 'Pacific/Kiritimati' },
    });
    expect(readings.members?.[0]?.observedOn).toBe('2026-11-21');
  });

  it('reads the day in the title of a report', async () => {
    const { readings, report } = await importOne(
      'm.csv',
      `Alder Society\nMembers as of November 3rd 2026\n\n${MEMBERS}`,
    );
    expect(readings.members?.[0]).toMatchObject({ observedOn: '2026-11-03', dateFrom: 'content' });
    expect(readings.members?.[0]?.rows.map(({ row }) => row)).toEqual([5, 6]);
    expect(report.rows).toBe(2);
  });

  it('takes the start of a period in a title for no date of the report', async () => {
    const { readings } = await importOne(
      'm.csv',
      `Start date: 2026-01-01\nPolicy effective date: 2025-01-01\n\n${MEMBERS}`,
    );
    expect(readings.members?.[0]?.observedOn).toBe('2026-11-24');
  });

  it('does not carry the last export of a kind over to an older file of it', async () => {
    const { readings } = await importing({
      files: {
        'm-2026-10-01.csv': MEMBERS,
        'm2.csv': MORE_MEMBERS,
        'journal.yaml': 'exported: [{what: members, on: 2026-11-05}]',
      },
    });
    expect(readings.members?.map(({ file, observedOn }) => [file, observedOn])).toEqual([
      ['m-2026-10-01.csv', '2026-10-01'],
      ['m2.csv', '2026-11-05'],
    ]);
  });
});

describe('several files', () => {
  it('says that a newer file replaces an older one', async () => {
    const { files, readings } = await importing({
      files: { 'new.csv': MORE_MEMBERS, 'old 2026-10-01.csv': MEMBERS },
    });
    expect(files.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['new.csv', 'taken'],
      ['old 2026-10-01.csv', 'replaced'],
    ]);
    expect(readings.members).toHaveLength(2);
  });

  it('counts the same bytes once, as of the older day', async () => {
    const { files, readings } = await importing({
      files: { 'a.csv': MEMBERS, 'copy/a (2).csv': MEMBERS },
      saved: { 'a.csv': '2026-11-20', 'copy/a (2).csv': '2026-11-10' },
    });
    expect(readings.members?.map(({ observedOn }) => observedOn)).toEqual(['2026-11-10']);
    expect(files.map(({ outcome }) => outcome).sort()).toEqual(['ignored', 'taken']);
    expect(files.find(({ outcome }) => outcome === 'ignored')?.notes.at(-1)?.says).toBe(
      'The same bytes as copy/a (2).csv. Counted once.',
    );
  });

  it('keeps two exports apart that are dated apart, though nothing changed between them', async () => {
    const { readings } = await importing({
      files: { 'm-2026-10-01.csv': MEMBERS, 'm-2026-11-01.csv': MEMBERS },
    });
    expect(readings.members?.map(({ observedOn }) => observedOn)).toEqual(['2026-10-01', '2026-11-01']);
  });

  it('leaves no trace of a malformed file in the readings', async () => {
    const { files, readings } = await importing({ files: { 'a.csv': MEMBERS, 'b.csv': `${MEMBERS}"Cy` } });
    expect(readings.members?.map(({ file }) => file)).toEqual(['a.csv']);
    expect(files[1]).toMatchObject({
      outcome: 'malformed',
      kind: 'members',
      problem: 'Row 4: A quotation mark opens here and is never closed. Export the file again.',
    });
  });

  it('lists files in one order, sub-folders and hidden files too', async () => {
    const { files } = await importing({
      files: {
        'b/z.txt': 'x',
        'B.txt': 'x',
        'a.txt': 'x',
        '.DS_Store': 'x',
        '~$x.xlsx': 'x',
        'b/Thumbs.db': 'x',
        '.git/config': 'x',
      },
    });
    expect(files.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['.DS_Store', 'ignored'],
      ['.git', 'ignored'],
      ['B.txt', 'not_placed'],
      ['a.txt', 'not_placed'],
      ['b/Thumbs.db', 'ignored'],
      ['b/z.txt', 'not_placed'],
      ['~$x.xlsx', 'ignored'],
    ]);
  });

  it('tells how far it is', async () => {
    const steps: string[] = [];
    await importing({
      files: { 'a.csv': MEMBERS, 'b.txt': 'x' },
      options: { onProgress: (done, total, file) => steps.push(`${done}/${total} ${file}`) },
    });
    expect(steps).toEqual(['0/2 a.csv', '1/2 b.txt', '2/2 ']);
  });
});

describe('workbooks of several sheets', () => {
  it('takes each sheet for what it is and says which it left out', async () => {
    const sheet = (name: string, rows: readonly (readonly string[])[]) => ({
      sheet: name,
      data: rows.map((cells) => cells.map((value) => ({ value }))),
    });
    const bytes = await writeWorkbook([
      sheet('Current staff', [
        ['Name', 'Work email', 'Hire date'],
        ['Ann Lee', 'ann@alder.example.org', '2020-01-15'],
      ]),
      sheet('Terminated', [
        ['Name', 'Work email', 'Hire date'],
        ['Bo Roe', 'bo@alder.example.org', '2020-01-15'],
      ]),
      sheet('Claude', [
        ['Email', 'Role', 'Seat tier'],
        ['ann@alder.example.org', 'Owner', 'Premium'],
      ]),
      sheet('Holidays', [
        ['Day', 'What'],
        ['2026-12-25', 'Christmas'],
      ]),
    ]).toBuffer();
    const { files, readings } = await importing({ files: { 'everything.xlsx': bytes } });
    expect(readings.roster?.[0]?.rows.map(({ name, status }) => [name, status])).toEqual([
      ['Ann Lee', 'active'],
      ['Bo Roe', 'left'],
    ]);
    expect(readings.members?.[0]?.rows.map(({ email, role }) => [email, role])).toEqual([
      ['ann@alder.example.org', 'owner'],
    ]);
    expect(files.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['members', 'taken'],
      ['roster', 'taken'],
    ]);
    expect(files[0]?.notes.map(({ says }) => says)).toContain(
      'The sheet “Holidays” was not recognized and was left out.',
    );
  });
});
