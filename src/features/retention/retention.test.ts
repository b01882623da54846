import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { eachEngine } from '#store/testing.ts';
import { zip } from '../../../tests/imports/zip-builder.ts';
import { verifyExport } from '../audit/export/verify.ts';
import { ageFiles, heldOf, importOn, membersFile, ownerNow, runJobs } from './testing.ts';

const TODAY = '2026-11-24';
const RETENTION = /retention does not keep/;

eachEngine('retention', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let olive: TestPerson;

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  }, 120_000);
  afterAll(() => bylaw.close());

  const at = async (day: string) => {
    bylaw.setNow(new Date(`${day}T16:00:00Z`));
    olive = await ownerNow(bylaw);
  };
  const held = () => heldOf(bylaw, client.id);
  const show = async () => (await olive.call('GET', `/clients/${client.slug}/retention`)).body;
  const keep = async (readings: string, reports = 'forever') =>
    olive.call('PUT', `/clients/${client.slug}/retention`, {
      version: (await show()).version,
      readings,
      reports,
    });
  const preview = async (query = '') =>
    (await olive.call('GET', `/clients/${client.slug}/retention/preview${query}`)).body;
  const verdicts = async () => {
    await bylaw.services.verdicts.ensureCurrent([client.id]);
    return bylaw.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('verdicts')
        .select(['control_id', 'state', 'digest', 'body_digest'])
        .where('client_id', '=', client.id)
        .where('until', 'is', null)
        .orderBy('control_id')
        .execute(),
    );
  };
  const exported = async (query = '?evidence=with') => {
    const answer = await olive.call('GET', `/clients/${client.slug}/audit/export${query}`);
    return verifyExport(piece(answer.bytes));
  };

  /** Four members files; on 24 November 2026 the first two were replaced more than 13 months ago. */
  beforeEach(async () => {
    client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`);
    for (const day of ['2024-03-10', '2024-09-10', '2025-06-10', '2026-11-20'])
      await importOn(bylaw, client, day, [membersFile(day, `${client.name} ${day}`)]);
    await ageFiles(bylaw);
    await at(TODAY);
  }, 120_000);

  it('keeps everything for good unless somebody says otherwise', async () => {
    expect(await show()).toMatchObject({
      own: { readings: 'workspace', reports: 'workspace' },
      holds: { readings: 'forever', reports: 'forever' },
      hold: null,
      last: null,
    });
    const before = await held();
    await runJobs(bylaw, RETENTION);
    expect(await held()).toEqual(before);
  });

  it('removes what was replaced so long ago, exactly as previewed, with one record, and no verdict changes', async () => {
    const standing = await verdicts();
    const said = await preview('?readings=13');
    expect(said).toMatchObject({ readings: 2, files: 2, reports: 0, held: false });
    expect(said.lines).toEqual([
      {
        kind: 'members',
        name: 'Members file',
        readings: 2,
        files: 2,
        reports: 0,
        bytes: said.bytes,
        from: '2024-03-10',
        to: '2024-09-10',
      },
    ]);
    const before = await held();
    const leaving = before.evidence.filter(({ name }) => name.includes('2024'));
    expect(said.bytes).toBe(leaving.reduce((sum, { bytes }) => sum + Number(bytes), 0));

    expect((await keep('13')).status).toBe(200);
    expect((await held()).readings).toHaveLength(4);
    await runJobs(bylaw, RETENTION);
    const after = await held();
    expect(after.readings).toEqual(['members-2025-06-10.csv', 'members-2026-11-20.csv']);
    expect(after.files).toEqual(after.readings);
    for (const { sha256 } of leaving) expect(after.disk).not.toContain(sha256);
    for (const { sha256 } of after.evidence) expect(after.disk).toContain(sha256);
    const records = after.records.filter(({ action }) => action === 'retention.remove');
    expect(records).toHaveLength(1);
    expect(records[0]?.body).toMatchObject({
      actor: { kind: 'system', name: 'Bylaw, by retention' },
      after: {
        on: TODAY,
        readings: said.readings,
        files: said.files,
        bytes: said.bytes,
        lines: said.lines,
        removed: expect.arrayContaining(leaving.map(({ name, sha256 }) => ({ name, sha256 }))),
      },
    });
    expect(await verdicts()).toEqual(standing);
    expect((await show()).last).toEqual({
      on: TODAY,
      record: records[0]?.seq,
      readings: 2,
      files: 2,
      reports: 0,
    });
    // Nothing more goes and nothing more is recorded, on this day and the next.
    await runJobs(bylaw, RETENTION);
    bylaw.setNow(new Date('2026-11-25T16:00:00Z'));
    await runJobs(bylaw, RETENTION);
    expect((await held()).records.filter(({ action }) => action === 'retention.remove')).toHaveLength(1);
  });

  it('keeps what was current on any day of the months, however old it is', async () => {
    await keep('25');
    // 25 months before is 24 October 2024: the file of September 2024 counted on that day.
    expect((await preview()).lines).toMatchObject([{ readings: 1, from: '2024-03-10', to: '2024-03-10' }]);
    await at('2027-07-10');
    expect(await preview()).toMatchObject({ readings: 2 });
    // The file of June 2025 was replaced in November 2026 only.
    await at('2028-12-19');
    expect(await preview()).toMatchObject({ readings: 2 });
    await at('2028-12-20');
    expect(await preview()).toMatchObject({ readings: 3 });
    await at('2031-01-10');
    // The newest is never replaced, whatever its age.
    expect(await preview()).toMatchObject({ readings: 3 });
  });

  it('leaves one record a day at most; what more there is goes on the next', async () => {
    const records = async () =>
      (await held()).records.filter(({ action }) => action === 'retention.remove').length;
    await keep('25');
    await runJobs(bylaw, RETENTION);
    await keep('13');
    await runJobs(bylaw, RETENTION);
    expect([(await held()).readings.length, await records()]).toEqual([3, 1]);
    bylaw.setNow(new Date('2026-11-25T16:00:00Z'));
    await runJobs(bylaw, RETENTION);
    expect([(await held()).readings.length, await records()]).toEqual([2, 2]);
  });

  it('takes the choice of the workspace unless the client has its own, and nothing shorter than 13 months', async () => {
    const { version } = (await olive.call('GET', '/settings')).body;
    const all = (body: object) => olive.call('PUT', '/settings/retention', { version, ...body });
    expect((await all({ readings: '12', reports: 'forever' })).status).toBe(400);
    const said = (await olive.call('GET', '/settings/retention/preview?readings=13&reports=forever')).body;
    const mine = said.clients.find((one: { client: string }) => one.client === client.slug);
    expect(mine).toMatchObject({ readings: 2, files: 2, held: false });
    expect((await all({ readings: '13', reports: 'forever' })).body.retention).toEqual({
      readings: '13',
      reports: 'forever',
    });
    expect((await show()).holds).toEqual({ readings: '13', reports: 'forever' });
    await keep('forever');
    await runJobs(bylaw, RETENTION);
    expect((await held()).readings).toHaveLength(4);
    await keep('workspace');
    await runJobs(bylaw, RETENTION);
    expect((await held()).readings).toHaveLength(2);
    await olive.call('PUT', '/settings/retention', {
      version: (await olive.call('GET', '/settings')).body.version,
      readings: 'forever',
      reports: 'forever',
    });
  });

  describe('removes nothing', () => {
    it('while a legal hold is on, which needs a reason and leaves records', async () => {
      await keep('13');
      expect((await olive.call('PUT', `/clients/${client.slug}/hold`, { reason: ' ' })).status).toBe(400);
      const on = await olive.call('PUT', `/clients/${client.slug}/hold`, { reason: 'Case 12/2026' });
      expect(on.body.hold).toMatchObject({ reason: 'Case 12/2026', by: 'Olive Owner' });
      expect(await preview()).toMatchObject({ readings: 2, held: true });
      await runJobs(bylaw, RETENTION);
      expect((await held()).readings).toHaveLength(4);
      const dana = await bylaw.person('technician', client.id);
      expect((await dana.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'x' })).status).toBe(403);
      await olive.call('DELETE', `/clients/${client.slug}/hold`, { reason: 'Settled' });
      await runJobs(bylaw, RETENTION);
      const after = await held();
      expect(after.readings).toHaveLength(2);
      expect(after.records.slice(-3).map(({ action, body }) => [action, body.reason])).toEqual([
        ['retention.hold', 'Case 12/2026'],
        ['retention.release', 'Settled'],
        ['retention.remove', null],
      ]);
    });

    it('that a statement names, that a kept report rests on, or that another client holds', async () => {
      const { evidence } = await held();
      const sha = (day: string) => evidence.find(({ name }) => name.includes(day))?.sha256 ?? '';
      const attested = await olive.call('POST', `/clients/${client.slug}/attestations`, {
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
      const standing = await verdicts();
      await keep('13');
      expect(await preview()).toMatchObject({ readings: 2, stays: { verdict: 1 } });
      await ageFiles(bylaw);
      await runJobs(bylaw, RETENTION);
      expect((await held()).files).toContain('dig-2024-01-12.txt');
      expect(await verdicts()).toEqual(standing);
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

  it('removes old reports but never the newest, and then the files that only they rested on', async () => {
    for (const [day, title] of [
      ['2024-03-11', 'First'],
      ['2024-09-11', 'Second'],
      ['2026-11-21', 'Newest'],
    ] as const) {
      await at(day);
      const made = await olive.call('POST', `/clients/${client.slug}/reports`, { title, asOf: day });
      expect(made.status).toBe(201);
    }
    await at(TODAY);
    const list = (await olive.call('GET', `/clients/${client.slug}/reports`)).body.items;
    await keep('13');
    expect(await preview()).toMatchObject({ readings: 0, stays: { report: 2 } });
    expect(await preview('?reports=13')).toMatchObject({ readings: 2, files: 2, reports: 2 });
    await keep('13', '13');
    await runJobs(bylaw, RETENTION);
    expect((await held()).reports).toEqual(['Newest']);
    expect((await held()).readings).toHaveLength(2);
    const first = list.find(({ title }: { title: string }) => title === 'First');
    const gone = await olive.call('GET', `/clients/${client.slug}/reports/${first.id}`);
    expect(gone.status).toBe(422);
    expect(gone.body.message).toMatch(/^“First” was removed by retention on 24 Nov 2026, as record \d+/);
    await at('2040-01-01');
    expect(await preview('?reports=13')).toMatchObject({ reports: 0 });
  });

  it('says wherever something points to it that it was removed, and when', async () => {
    const before = await held();
    const sha = before.evidence.find(({ name }) => name.includes('2024-03-10'))?.sha256 ?? '';
    const imports = (await olive.call('GET', `/clients/${client.slug}/imports`)).body.items;
    await keep('13');
    await runJobs(bylaw, RETENTION);
    const words = /removed by retention on 24 Nov 2026, as record \d+ of the audit log tells/;
    for (const path of ['', '/file', '/verify']) {
      const answer = await olive.call('GET', `/clients/${client.slug}/evidence/${sha}${path}`);
      expect([path, answer.status]).toEqual([path, 422]);
      expect(answer.body.message).toMatch(words);
    }
    const first = imports.find(({ files }: { files: string[] }) => files[0]?.includes('2024-03-10'));
    const shown = await olive.call('GET', `/clients/${client.slug}/imports/${first.id}/preview`);
    expect(shown.body.message).toMatch(words);
    expect((await olive.call('GET', `/clients/${client.slug}/imports/${first.id}`)).status).toBe(200);
    const control = (await olive.call('GET', `/clients/${client.slug}/controls/CLA-ACC-01`)).body;
    const entry = control.timeline.find(({ detail }: { detail: string | null }) =>
      detail?.includes('members-2024-03-10.csv'),
    );
    expect(entry).toMatchObject({ sha256: null });
    expect(entry.detail).toContain('Removed by retention on 24 Nov 2026');
  });

  it('leaves an audit export that proves, and says of each file which record removed it', async () => {
    await keep('13');
    await runJobs(bylaw, RETENTION);
    const proved = await exported();
    if (!proved.proved) throw new Error(proved.differs);
    const removed = proved.manifest.evidence.filter(({ state }) => state === 'removed');
    const { records } = await held();
    const record = records.find(({ action }) => action === 'retention.remove')?.seq;
    expect(removed.map(({ name, removed: gone }) => [name, gone])).toEqual(
      expect.arrayContaining([
        ['members-2024-03-10.csv', { on: TODAY, record }],
        ['members-2024-09-10.csv', { on: TODAY, record }],
      ]),
    );
    expect(removed).toHaveLength(2);
    // Of days before the removal the export can only tell, not prove.
    expect(await exported('?evidence=with&to=2024-12-31')).toMatchObject({ proved: true });
    // A file that is gone without such a record is not excused by a line that claims one.
    await bylaw.services.store.write([client.id], (tx) =>
      tx
        .updateTable('removals')
        .set({ record: 1 })
        .where('client_id', '=', client.id)
        .where('name', '=', 'members-2024-03-10.csv')
        .execute(),
    );
    expect(await exported()).toMatchObject({
      proved: false,
      differs: expect.stringContaining(
        'said to be removed by retention in record 1, and that record does not',
      ),
    });
  });

  it('finishes after a kill, wherever it came', async () => {
    await keep('13');
    const before = await held();
    const { store } = bylaw.services;
    // Killed before the transaction ends: all of it is still there.
    const dying = {
      ...bylaw.services,
      store: {
        ...store,
        write: (scope: never, work: (tx: never) => Promise<unknown>) =>
          store.write(scope, async (tx) => {
            await work(tx as never);
            throw new Error('killed');
          }),
      } as typeof store,
      log: { ...bylaw.services.log, error: () => {} } as unknown as typeof bylaw.services.log,
    };
    const { runRetention } = await import('./run.ts');
    await runRetention(dying);
    expect(await held()).toEqual(before);
    // Killed right after it: rows and files are still there, and the sweeps of another day take them.
    const stopped = {
      ...bylaw.services,
      verdicts: {
        ...bylaw.services.verdicts,
        refresh: async () => {
          throw new Error('killed');
        },
      },
      log: { ...bylaw.services.log, error: () => {} } as unknown as typeof bylaw.services.log,
    };
    await runRetention(stopped);
    const between = await held();
    expect(between.readings).toHaveLength(2);
    expect(between.disk).toEqual(before.disk);
    expect(between.withRows).toBe(4);
    await runJobs(bylaw, RETENTION, /imports that are over/, /files that nothing refers to/);
    const after = await held();
    expect(after.withRows).toBe(2);
    expect(after.disk.length).toBe(before.disk.length - 2);
    expect(after.records.filter(({ action }) => action === 'retention.remove')).toHaveLength(1);
  });
});

async function* piece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
