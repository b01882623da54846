import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { csv, importing, importOne } from './support.ts';
import { zip } from './zip-builder.ts';

const MEMBERS = csv(
  'Name,Email,Role,Seat Tier',
  'Ann Lee,ann@alder.example.org,Primary Owner,Premium',
  'Bo Roe,bo@alder.example.org,User,Standard',
);
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const CHARTER = 'version: 3\nowners: [ann@alder.example.org]\nmaxOwners: 2\n';

describe('documents and proof', () => {
  it('says when the file of the lockdown is not there, or is another one than was filed', async () => {
    const after = async (lockdown: string) => {
      const journal = `nextReview: 2027-01-05\nlockdown: {on: 2026-09-01, by: Dana, ${lockdown}}\n`;
      const found = await importing({ files: { 'diary.yaml': journal, 'lock.png': PICTURE } });
      return found.journal?.value.lockdownFile;
    };
    const sha256 = createHash('sha256').update(PICTURE).digest('hex');
    expect(await after('file: lock.png')).toBeUndefined();
    expect(await after(`file: lock.png, sha256: ${sha256}`)).toBeUndefined();
    expect(await after(`file: lock.png, sha256: ${'0'.repeat(64)}`)).toBe('differs');
    expect(await after('file: other.png')).toBe('missing');
  });

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
    expect(journal?.value.lockdownFile).toBeUndefined();
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
    // An enabled account does not mean that the person works here.
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

  it('refuses to read a file as a kind that it cannot be', async () => {
    const { report } = await importOne('x.csv', csv('Color,Size', 'red,3'), {
      options: { map: [{ kind: 'members', file: 'x.csv' }] },
    });
    expect(report).toMatchObject({
      outcome: 'malformed',
      kind: 'members',
      problem: expect.stringContaining(
        'Row 1: No column is known to hold email addresses. The columns are “Color”, “Size”.',
      ),
    });
  });
});
