import { beforeEach, describe, expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { zip } from '../../../tests/imports/zip-builder.ts';
import {
  ageFiles,
  importOn,
  membersFile,
  RETENTION,
  type RetentionWorld,
  retentionWorld,
  runJobs,
  TODAY,
} from './testing.ts';

anyEngine('what retention leaves', (engine) => {
  const world = retentionWorld(engine);
  const { at, held, keep, preview, verdicts } = world;
  let bylaw: RetentionWorld['bylaw'];
  let client: RetentionWorld['client'];
  beforeEach(() => {
    ({ bylaw, client } = world);
  });

  describe('removes nothing', () => {
    it('while a legal hold is on, which needs a reason and leaves records', async () => {
      await keep('13');
      expect((await world.olive.call('PUT', `/clients/${client.slug}/hold`, { reason: ' ' })).status).toBe(
        400,
      );
      const on = await world.olive.call('PUT', `/clients/${client.slug}/hold`, { reason: 'Case 12/2026' });
      expect(on.body.hold).toMatchObject({ reason: 'Case 12/2026', by: 'Olive Owner' });
      expect(await preview()).toMatchObject({ readings: 2, held: true });
      await runJobs(bylaw, RETENTION);
      expect((await held()).readings).toHaveLength(4);
      const dana = await bylaw.person('technician', client.id);
      expect((await dana.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'x' })).status).toBe(403);
      await world.olive.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'Settled' });
      await runJobs(bylaw, RETENTION);
      const after = await held();
      expect(after.readings).toHaveLength(2);
      expect(after.records.slice(-4).map(({ action, body }) => [action, body.reason])).toEqual([
        ['retention.hold', 'Case 12/2026'],
        ['access.refused', null],
        ['retention.release', 'Settled'],
        ['retention.remove', null],
      ]);
    });

    it('that a statement names, that a kept report rests on, or that another client holds', async () => {
      const { evidence } = await held();
      const sha = (day: string) => evidence.find(({ name }) => name.includes(day))?.sha256 ?? '';
      const attested = await world.olive.call('POST', `/clients/${client.slug}/attestations`, {
        control: 'CLA-ACC-01',
        holds: true,
        seen: '2026-11-23',
        evidence: sha('2024-03-10'),
      });
      expect(attested.status).toBe(201);
      await keep('13');
      expect(await preview()).toMatchObject({ readings: 1, stays: { named: 1 } });
      const other = await bylaw.client('Other Guild');
      await importOn(bylaw, other, TODAY, [membersFile('2024-09-10', `${client.name} 2024-09-10`)]);
      await at(TODAY);
      await ageFiles(bylaw);
      await runJobs(bylaw, RETENTION);
      const after = await held();
      expect(after.readings).toHaveLength(3);
      expect(after.files).toContain('members-2024-03-10.csv');
      // Gone for this client, still there for the other one.
      expect(after.files).not.toContain('members-2024-09-10.csv');
      expect(after.disk).toContain(sha('2024-09-10'));
    });

    it('that a verdict of today would miss', async () => {
      // A look-up of one domain is not replaced by that of another, and an old one still says how old it is.
      const asked = (domain: string) => `;; QUESTION SECTION:
;${domain}.\t\tIN\tTXT

;; ANSWER SECTION:
${domain}.\t3600\tIN\tTXT\t"v=spf1 -all"

;; Query time: 20 msec
`;
      for (const [day, domain] of [
        ['2024-01-12', 'alder.example.org'],
        ['2024-03-12', 'rowan.example.org'],
      ] as const)
        await importOn(bylaw, client, day, [{ name: `dig-${day}.txt`, bytes: asked(domain) }]);
      await at(TODAY);
      const status = await verdicts();
      await keep('13');
      expect(await preview()).toMatchObject({ readings: 2, stays: { verdict: 1 } });
      await ageFiles(bylaw);
      await runJobs(bylaw, RETENTION);
      expect((await held()).files).toContain('dig-2024-01-12.txt');
      expect(await verdicts()).toEqual(status);
    });

    it('of an archive while anything in it still counts', async () => {
      await at('2024-01-10');
      const roster = 'Name,Email,Status,Department\nMara Ellingsworth,mara@alder.example.org,Active,Office\n';
      await importOn(bylaw, client, '2024-01-10', [
        {
          name: 'all.zip',
          bytes: zip([
            { name: 'members-2024-01-10.csv', content: membersFile('2024-01-10', client.name).bytes },
            { name: 'roster-2024-01-10.csv', content: roster },
          ]),
        },
      ]);
      await at(TODAY);
      await keep('13');
      expect(await preview()).toMatchObject({ readings: 2, stays: { together: 1 } });
      await importOn(bylaw, client, '2024-02-10', [
        {
          name: 'roster-2024-02-10.csv',
          bytes: `${roster}Tobin Achterberg,tobin@alder.example.org,Active,Field\n`,
        },
      ]);
      await at(TODAY);
      expect(await preview()).toMatchObject({ readings: 4, files: 5, stays: { together: 0 } });
      await ageFiles(bylaw);
      await runJobs(bylaw, RETENTION);
      expect((await held()).files).not.toContain('all.zip');
    });
  });
});
