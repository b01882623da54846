import { expect, it } from 'vitest';
import { serverEngine } from './engine/server.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeOn } from './open.ts';
import { newDatabase } from './testing.ts';

it('takes from stored charters the kind of a connector that only a default had given', async () => {
  const url = await newDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === '142-connector-kinds');
  const old = await storeOn(serverEngine(url), { migrations: MIGRATIONS.slice(0, before) });
  const connectors = [
    { name: 'Box', kind: 'directory', actions: { '*': 'ask' } },
    { name: 'Ledger', kind: 'custom', actions: {} },
  ];
  await old.asOwner(async (session) => {
    await session.script(`select set_config('bylaw.scope', '*', false)`);
    await session.query(
      `insert into clients (id, slug, name, profile, settings, created_at) values ('anna', 'anna', 'Anna', '{}', '{}', now())`,
      [],
    );
    for (const [id, value] of [
      ['d1', { version: 1, connectors }],
      ['d2', { version: 2, connectors: [] }],
    ] as const)
      await session.query(
        `insert into documents (id, client_id, kind, version, value, lines, file, sha256, stored_at, stored_by)
         values ($1, 'anna', 'charter', $2, $3, '{}', 'charter.yaml', '', now(), 'Dana')`,
        [id, value.version, JSON.stringify(value)],
      );
  });
  await old.close();
  const store = await storeOn(serverEngine(url));
  const kept = await store.read(['anna'], (tx) =>
    tx.selectFrom('documents').select('value').orderBy('version').execute(),
  );
  expect(kept.map(({ value }) => value)).toEqual([
    {
      version: 1,
      connectors: [
        { name: 'Box', actions: { '*': 'ask' } },
        { name: 'Ledger', kind: 'custom', actions: {} },
      ],
    },
    { version: 2, connectors: [] },
  ]);
  await store.close();
});
