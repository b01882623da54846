import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { csv, importing, importOne } from './support.ts';
import { zip } from './zip-builder.ts';

const MEMBERS = csv(
  'Name,Email,Role,Seat Tier',
  'Ann Lee,ann@alder.example.org,Primary Owner,Premium',
  'Bo Roe,bo@alder.example.org,User,Standard',
);
const MORE_MEMBERS = `${MEMBERS}Cy Poe,cy@alder.example.org,User,Standard\n`;
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const CHARTER = 'version: 3\nowners: [ann@alder.example.org]\nmaxOwners: 2\n';

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
      'The sheet "Holidays" is nothing that Bylaw knows and was left out.',
    );
  });
});

describe('documents and proof', () => {
  it('finds the charter, the journal, the attestations and their proof', async () => {
    const attestations =
      'attestations:\n  - {control: CLA-ACC-12, holds: true, seen: 2026-11-20, by: Dana, file: links.png}\n  - {control: CLA-ACC-11, holds: true, seen: 2026-11-20, by: Dana, file: gone.png}\n';
    const {
      files,
      charter,
      journal,
      attestations: seen,
    } = await importing({
      files: {
        'what we want.yaml': CHARTER,
        'diary.yaml': 'nextReview: 2027-01-05\nlockdown: {on: 2026-09-01, by: Dana, file: proof/lock.pdf}\n',
        'dana/seen.yaml': attestations,
        'dana/links.png': PICTURE,
        'proof/lock.pdf': '%PDF-1.7 …',
        'other.png': PICTURE,
        'client.yaml': 'name: Alder Society\ndomains: [alder.example.org]\nclaudePlan: team\n',
      },
    });
    expect(charter?.value.owners).toEqual(['ann@alder.example.org']);
    expect(journal?.value.nextReview).toBe('2027-01-05');
    expect(seen.map(({ file, fileFound }) => [file, fileFound])).toEqual([
      ['links.png', true],
      ['gone.png', false],
    ]);
    expect(
      Object.fromEntries(files.map(({ file, outcome, kind }) => [file, `${outcome} ${kind ?? ''}`.trim()])),
    ).toEqual({
      'client.yaml': 'document profile',
      'dana/links.png': 'proof',
      'dana/seen.yaml': 'document attestations',
      'diary.yaml': 'document journal',
      'other.png': 'not_placed',
      'proof/lock.pdf': 'proof',
      'what we want.yaml': 'document charter',
    });
  });

  it('uses neither of two charters until one is named', async () => {
    const files = { 'a.yaml': CHARTER, 'b.yaml': CHARTER.replace('3', '4') };
    const both = await importing({ files });
    expect(both.charter).toBeNull();
    expect(both.unusable.charter).toBe(
      'There are 2 files that each could be the charter: a.yaml, b.yaml. Name the one to use with --charter.',
    );
    expect(both.files.map(({ outcome }) => outcome)).toEqual(['malformed', 'malformed']);
    const named = await importing({ files, options: { charter: 'b.yaml' } });
    expect(named.charter?.value.version).toBe(4);
    expect(named.unusable).toEqual({});
    expect(named.files[0]).toMatchObject({ outcome: 'document', problem: null });
    expect(named.files[0]?.notes[0]?.says).toMatch(/--charter names another file/);
  });

  it('says why a charter cannot be used', async () => {
    const { charter, unusable, report } = await importOne(
      'charter.yaml',
      'version: 3\nowners: [ann\nmaxOwners: 2\n',
    );
    expect(charter).toBeNull();
    expect(report).toMatchObject({ outcome: 'malformed', kind: 'charter' });
    expect(unusable.charter).toMatch(/^The charter cannot be used \(charter\.yaml, line \d\): /);
  });

  it('says that a named file is not there', async () => {
    const { unusable, files } = await importing({
      files: { 'a.csv': MEMBERS },
      options: { charter: 'ours.yaml', map: [{ kind: 'roster', file: 'hr.csv' }] },
    });
    expect(unusable.charter).toBe('The charter was not read: there is no file ours.yaml.');
    expect(
      files
        .filter(({ outcome }) => outcome === 'malformed')
        .map(({ file, kind, problem }) => [file, kind, problem]),
    ).toEqual([
      ['hr.csv', 'roster', 'There is no file hr.csv.'],
      ['ours.yaml', 'charter', 'There is no file ours.yaml.'],
    ]);
  });
});

describe('files named by hand', () => {
  it('reads one file as two kinds where a person says so', async () => {
    const users = csv(
      'userPrincipalName,displayName,mail,id,userType,accountEnabled,department',
      'ann@alder.example.org,Ann Lee,ann@alder.example.org,1,Member,True,Finance',
      'bo@alder.example.org,Bo Roe,bo@alder.example.org,2,Member,False,IT',
    );
    const { readings } = await importing({
      files: { 'entra.csv': users },
      options: {
        map: [
          { kind: 'roster', file: 'entra.csv' },
          { kind: 'entra_users', file: 'entra.csv' },
        ],
      },
    });
    expect(readings.entra_users?.[0]?.rows.map(({ enabled }) => enabled)).toEqual([true, false]);
    // Whether an account is enabled is not whether somebody works here.
    expect(readings.roster?.[0]?.rows.map(({ name, status }) => [name, status])).toEqual([
      ['Ann Lee', null],
      ['Bo Roe', null],
    ]);
  });

  it('takes the largest list of an archive that a person names', async () => {
    const archive = zip([
      { name: 'readme.csv', content: 'about,this\na,b\n' },
      {
        name: 'big.csv',
        content: csv('Name,Email', 'Ann Lee,ann@alder.example.org', 'Bo Roe,bo@alder.example.org'),
      },
    ]);
    const { readings } = await importing({
      files: { 'x.zip': archive },
      options: { map: [{ kind: 'roster', file: 'x.zip' }] },
    });
    expect(readings.roster?.map(({ file, rows }) => [file, rows.length])).toEqual([['x.zip/big.csv', 2]]);
  });

  it('refuses a file that cannot be what a person says', async () => {
    const { report } = await importOne('x.csv', csv('Color,Size', 'red,3'), {
      options: { map: [{ kind: 'members', file: 'x.csv' }] },
    });
    expect(report).toMatchObject({
      outcome: 'malformed',
      kind: 'members',
      problem: expect.stringContaining(
        'Row 1: No column is known to hold mail addresses. The columns are "Color", "Size".',
      ),
    });
  });
});
