import { expect, it } from 'vitest';
import { serverEngine } from './engine/server.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeOn } from './open.ts';
import { newDatabase } from './testing.ts';

it('keeps a tenant that an older version connected from a second client, and guesses nothing where two have it', async () => {
  const url = await newDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === '139-tenants-of-one');
  const old = await storeOn(serverEngine(url), { migrations: MIGRATIONS.slice(0, before) });
  await old.asOwner(async (session) => {
    await session.script(`select set_config('bylaw.scope', '*', false)`);
    for (const [client, vendor, tenant] of [
      ['anna', 'microsoft', 'tenant-1'],
      ['bert', 'microsoft', 'tenant-2'],
      ['cleo', 'microsoft', 'tenant-2'],
      ['dora', 'anthropic', 'tenant-3'],
    ]) {
      await session.query(
        `insert into clients (id, slug, name, profile, settings, created_at) values ($1, $1, $1, '{}', '{}', now())`,
        [client],
      );
      await session.query(
        `insert into source_connections (client_id, id, vendor, key_kind, key_hint, scopes, tenants, parent, state,
           recording, tested_at, connected_by_name, connected_at)
         values ($1, 'c', $2, 'k', '', '[]', $3, '', 'connected', 'unknown', now(), 'Dana', now())`,
        [client, vendor, JSON.stringify([{ id: tenant }])],
      );
    }
  });
  await old.close();
  const store = await storeOn(serverEngine(url));
  const kept = await store.read('system', (tx) =>
    tx.selectFrom('source_connections').select(['client_id', 'tenant_of_one']).orderBy('client_id').execute(),
  );
  expect(kept.map((one) => [one.client_id, one.tenant_of_one])).toEqual([
    ['anna', 'tenant-1'],
    ['bert', null],
    ['cleo', null],
    ['dora', null],
  ]);
  await store.close();
});
