import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillWithMarkers } from '#features/access/testing/marked.ts';
import { backup } from '#store/backup/backup.ts';
import { type RestoreResult, restore } from '#store/backup/restore.ts';
import { openStore } from '#store/open.ts';
import { newDirectory } from '#store/testing.ts';
import { type TestConsole, testConsole } from './testing/console.ts';

/** A way in that was ended after a backup was made counts no more once the backup is restored. */
let before: TestConsole;
let after: TestConsole;
let result: RestoreResult;
let cookie: string;
let addresses: string[];
let slug: string;

const opens = (bylaw: TestConsole, url: string) => bylaw.inject({ method: 'GET', url, headers: {} });

beforeAll(async () => {
  before = await testConsole();
  const client = await before.client('Alder Society');
  slug = client.slug;
  cookie = before.owner.cookie;
  const made = async (path: string, body: object) => {
    const answer = await before.owner.call('POST', path, body);
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    return answer.body;
  };
  const report = await made(`/clients/${slug}/reports`, { title: 'Board' });
  addresses = [
    await made(`/clients/${slug}/reports/${report.id}/links`, { label: 'The board' }),
    await made(`/clients/${slug}/imports/links`, { label: 'HR', kinds: [] }),
    await made('/me/calendar-feed', {}),
  ].map(({ address }) => new URL(address).pathname);
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await made(`/clients/${slug}/network/devices`, {
    name: 'Laptop',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  });
  const other = await before.client('Quiet Guild');
  await fillWithMarkers(before.services.store, other.id, before.owner.id);
  await before.services.store.write('system', async (tx) => {
    // A backup names the file that is missing by its sum.
    await tx
      .updateTable('content_files')
      .set({ blob_sha256: 'f'.repeat(64) })
      .execute();
    for (const { table, column } of await endings(tx))
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${column === 'revoked_at' ? null : new Date('2099-01-01T00:00:00Z')}`.execute(
        tx,
      );
  });
  await before.services.store.write('system', async (tx) => {
    await tx
      .updateTable('users')
      .set({ recovery_codes: JSON.stringify(['one', 'two']) })
      .where('id', '=', before.owner.id)
      .execute();
  });
  let dataDir: string;
  ({ dataDir, result } = await restored());
  after = await testConsole({ store: await openStore({ dataDir }), dataDir });
});

/** A backup of `before`, restored elsewhere. */
async function restored() {
  const file = join(await newDirectory(), 'all.bylaw');
  await backup(before.services.store, before.services.blobs, file, { version: '0.0.0-test' });
  const dataDir = await newDirectory();
  const result = await restore(file, {
    dataDir,
    databaseUrl: null,
    trusted: { keys: [], place: 'nowhere' },
    acceptUnproven: true,
  });
  return { dataDir, result };
}
afterAll(async () => {
  await before?.close();
  await after?.close();
});

type Tx = Parameters<Parameters<TestConsole['services']['store']['read']>[1]>[0];

/** The columns by which rows that hold the hash of a secret end. */
async function endings(tx: Tx) {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
     where c.table_schema = 'public' and c.column_name in ('revoked_at', 'expires_at')
       and exists (select 1 from information_schema.columns h where h.table_schema = 'public'
                    and h.table_name = c.table_name and h.column_name = 'token_hash')`.execute(tx);
  return rows;
}

it('no link, session or address from before the restore opens anything', async () => {
  for (const address of addresses) {
    expect([address, (await opens(before, address)).status]).toEqual([address, 200]);
    expect([address, (await opens(after, address)).status]).toEqual([address, 404]);
  }
  const me = await after.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } });
  expect(me.status).toBe(401);
  expect(result.ended).toMatchObject({ reportLinks: 2, uploadLinks: 2, devices: 1 });
});

it('no recovery code that may have been used since works once more', async () => {
  const left = await after.services.store.read('system', (tx) =>
    tx.selectFrom('users').select('recovery_codes').where('id', '=', before.owner.id).execute(),
  );
  expect([left, result.ended.recoveryCodes]).toEqual([[{ recovery_codes: [] }], 1]);
});

it('no device that may have been revoked since signs tests', async () => {
  const { body } = await after.owner.call('GET', `/clients/${slug}/network`);
  expect(body.devices).toMatchObject([{ name: 'Laptop', revokedAt: expect.any(String) }]);
});

it('every table that holds the hash of a secret is ended, one that is added later too', async () => {
  const open = await after.services.store.read('system', async (tx) => {
    const { rows } = await sql<{ table: string }>`
      select table_name as "table" from information_schema.columns
       where table_schema = 'public' and column_name = 'token_hash' order by 1`.execute(tx);
    const columns = await endings(tx);
    const good: string[] = [];
    for (const { table } of rows) {
      const has = (name: string) => columns.some((one) => one.table === table && one.column === name);
      const where = [
        sql`true`,
        ...(has('revoked_at') ? [sql`revoked_at is null`] : []),
        ...(has('expires_at') ? [sql`expires_at > now()`] : []),
      ];
      const found = await sql<{ n: string }>`
        select count(*) as n from ${sql.table(table)} where ${sql.join(where, sql` and `)}`.execute(tx);
      if (Number(found.rows[0]?.n) > 0) good.push(table);
    }
    expect(rows.length).toBeGreaterThan(7);
    return good;
  });
  // The session of the console that looks here was made after the restore.
  expect(open).toEqual(['sessions']);
});

it('what had expired when a clock that was ahead restored it stays ended once the clock is put right', async () => {
  await before.services.store.write('system', async (tx) => {
    for (const { table, column } of await endings(tx))
      if (column === 'expires_at')
        await sql`update ${sql.table(table)} set expires_at = now() - interval '1 minute'`.execute(tx);
  });
  const { dataDir, result } = await restored();
  expect(result.ended).toMatchObject({ invitations: 0, reportLinks: 0, uploadLinks: 0 });
  const store = await openStore({ dataDir });
  const open = await store.read('system', async (tx) => {
    const columns = await endings(tx);
    const good: string[] = [];
    for (const table of new Set(columns.map(({ table }) => table))) {
      const isRevoked = columns.some((one) => one.table === table && one.column === 'revoked_at');
      const { rows } = await sql`select 1 from ${sql.table(table)} where ${
        isRevoked ? sql`revoked_at is null` : sql`expires_at > now() - interval '1 hour'`
      } limit 1`.execute(tx);
      if (rows.length > 0) good.push(table);
    }
    return good;
  });
  await store.close();
  expect(open).toEqual([]);
});
