import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { newDirectory } from '#store/testing.ts';
import { assess } from './assess.ts';
import { readProfile } from './profile.ts';

const PROFILE = `name: Rowan Guild
domains: [rowan.example.org]
claudePlan: team
m365: business_premium
timezone: America/New_York
asOf: 2026-11-24
`;
const CHARTER = `version: 3
inForceSince: 2026-01-01
approvedBy: [Berta Board]
connectors: []
exceptions:
  - { control: CLA-ACC-13, reason: Migration, owner: Dana, until: 2026-12-31, approvedBy: Berta Board }
`;
const ATTESTATIONS = `attestations:
  - { control: CLA-ACC-12, holds: true, seen: 2026-11-20, by: Berta Board }
`;
const CLAUSE = /file’s own statement: no one signed in/;

const ROSTER = `Full name,Work email,Status,First day
Berta Board,berta.board@rowan.example.org,Active,2020-01-01
Dana Vale,dana.vale@rowan.example.org,Active,2020-01-01
`;

it('says when a verdict rests only on approvals and statements typed in a file', async () => {
  const folder = await newDirectory();
  const files = join(folder, 'files');
  await mkdir(files);
  await writeFile(join(folder, 'profile.yaml'), PROFILE);
  await writeFile(join(files, 'charter.yaml'), CHARTER);
  await writeFile(join(files, 'attestations.yaml'), ATTESTATIONS);
  // Without a roster nothing would rest on them: nobody would know whether those who signed worked here.
  await writeFile(join(files, 'staff.csv'), ROSTER);
  const { report, verdicts } = await assess({
    folder: files,
    profile: await readProfile(join(folder, 'profile.yaml')),
    catalogue: sharedCatalogue(),
    version: 'test',
    clock: new Date('2026-11-24T12:00:00Z'),
  });
  const charter = report.controls.find(({ id }) => id === 'CLA-CON-07');
  expect(charter).toMatchObject({ state: 'pass', reason: expect.stringMatching(CLAUSE) });
  const typed = verdicts.filter(
    ({ state, evidence }) =>
      state === 'pass' && evidence.some(({ kind }) => kind === 'attestations') && evidence.length === 1,
  );
  expect(typed.length).toBeGreaterThan(0);
  for (const { control } of typed)
    expect(report.controls.find(({ id }) => id === control)?.reason).toMatch(CLAUSE);
  // What a reading shows, and what is not a pass, says nothing of the kind.
  for (const { reason, state } of report.controls)
    if (state !== 'pass' && state !== 'accepted') expect(reason).not.toMatch(CLAUSE);
});
