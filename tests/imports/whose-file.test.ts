import { expect, it } from 'vitest';
import { nextActions } from '#domain/decide/next-actions.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { assessing } from './assessing.ts';
import { csv, importing } from './support.ts';

/** Files for which a person must say whose, or what, they are. */

it('keeps the leavers of our members file while a newer one of another client is beside it', async () => {
  const members = (people: readonly string[], domain: string) =>
    csv(
      'Name,Email,Role,Status',
      ...people.map(
        (one, at) => `${one} Quist,${one}@${domain},${at === 0 ? 'Primary Owner' : 'User'},Active`,
      ),
    );
  const files = (left: string) => ({
    'members-2026-11-20.csv': members(['ana', 'bo', 'cy', 'dee'], 'alder.example.org'),
    'members-2026-11-23.csv': members(['una', 'vic', 'wen', 'xia'], 'harbor.example.net'),
    'roster-2026-11-22.csv': csv(
      'Name,Work email,Status',
      ...['ana', 'bo', 'cy', 'dee'].map(
        (one) => `${one} Quist,${one}@alder.example.org,${one === left ? 'Terminated' : 'Active'}`,
      ),
    ),
  });
  const gone = await assessing({ files: files('cy'), charter: { version: 1 } });
  expect(gone.verdict('CLA-ACC-07')).toMatchObject({
    state: 'fail',
    reason: expect.stringMatching(/cy Quist.*seems to be of another organization/),
  });
  const nobody = await assessing({ files: files(''), charter: { version: 1 } });
  for (const control of ['CLA-ACC-02', 'CLA-ACC-06', 'CLA-ACC-07'])
    expect(nobody.verdict(control).state, control).toBe('cannot_read');
  // A single next action for all of them, which says what to do with the other client's file.
  const [todo, ...others] = nextActions(sharedCatalogue(), nobody.verdicts, 'console').filter(
    ({ place }) => place === 'source:members',
  );
  expect(others).toEqual([]);
  expect(todo?.title).toBe('Say whether the newest members file is another organization’s');
  expect(todo?.detail).toMatch(/set members-2026-11-23\.csv aside.*Decides \d+ controls/);
});

it('asks once which members file counts where a newer one is of a sister organization', async () => {
  const members = (people: readonly string[]) =>
    csv(
      'Name,Email,Role,Status',
      ...people.map(
        (one, at) => `${one} Quist,${one}@alder.example.org,${at === 0 ? 'Primary Owner' : 'User'},Active`,
      ),
    );
  const { verdicts } = await assessing({
    files: {
      'members-2026-11-20.csv': members(['ana', 'bo', 'cy', 'dee']),
      'members-2026-11-23.csv': members(['una', 'vic', 'wen', 'xia']),
    },
    charter: { version: 1 },
  });
  const asked = nextActions(sharedCatalogue(), verdicts, 'console').filter(
    ({ place }) => place === 'source:members',
  );
  expect(asked).toEqual([
    expect.objectContaining({
      title: 'Say which members file counts',
      detail: expect.stringMatching(/set members-2026-11-23\.csv aside under Imports/),
    }),
  ]);
});

it('takes the report of an e-signature service for acknowledgments by the policy in its title', async () => {
  const { readings } = await importing({
    files: {
      'DocuSign Claude AUP v2.csv': csv(
        'Envelope report: Claude Acceptable Use Policy v2',
        '',
        'Recipient Name,Recipient Email,Status,Sent On,Completed On',
        'Ana Quist,ana@alder.example.org,Completed,09/02/2026,09/08/2026',
        'Bo Ngo,bo@alder.example.org,Declined,09/02/2026,',
        'Cy Obi,cy@alder.example.org,Sent,09/02/2026,',
      ),
    },
  });
  expect(readings.members).toBeUndefined();
  expect(readings.acknowledgements?.[0]?.rows.map(({ acknowledged }) => acknowledged === true)).toEqual([
    true,
    false,
    false,
  ]);
});
