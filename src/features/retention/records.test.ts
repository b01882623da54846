import { beforeEach, expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { RETENTION, type RetentionWorld, retentionWorld, runJobs, TODAY } from './testing.ts';

anyEngine('what retention leaves behind', (engine) => {
  const world = retentionWorld(engine);
  const { held, keep, exported } = world;
  let bylaw: RetentionWorld['bylaw'];
  let client: RetentionWorld['client'];
  beforeEach(() => {
    ({ bylaw, client } = world);
  });

  it('says that it was removed, and when, wherever something points to it', async () => {
    const before = await held();
    const sha = before.evidence.find(({ name }) => name.includes('2024-03-10'))?.sha256 ?? '';
    const imports = (await world.olive.call('GET', `/clients/${client.slug}/imports`)).body.items;
    await keep('13');
    await runJobs(bylaw, RETENTION);
    const words = /removed by retention on Nov 24, 2026 \(record \d+ of the audit log\)/;
    for (const path of ['', '/file', '/verify']) {
      const answer = await world.olive.call('GET', `/clients/${client.slug}/evidence/${sha}${path}`);
      expect([path, answer.status]).toEqual([path, 422]);
      expect(answer.body.message).toMatch(words);
    }
    const first = imports.find(({ files }: { files: string[] }) => files[0]?.includes('2024-03-10'));
    const shown = await world.olive.call('GET', `/clients/${client.slug}/imports/${first.id}/preview`);
    expect(shown.body.message).toMatch(words);
    expect((await world.olive.call('GET', `/clients/${client.slug}/imports/${first.id}`)).status).toBe(200);
    const control = (await world.olive.call('GET', `/clients/${client.slug}/controls/CLA-ACC-01`)).body;
    const entry = control.timeline.find(({ detail }: { detail: string | null }) =>
      detail?.includes('members-2024-03-10.csv'),
    );
    expect(entry).toMatchObject({ sha256: null });
    expect(entry.detail).toContain('Removed by retention on Nov 24, 2026');
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
        'listed as removed by retention in record 1, but that record does not',
      ),
    });
  });

  it('finishes after being killed at any point', async () => {
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
