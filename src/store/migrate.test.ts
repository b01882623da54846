import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedEngine } from './engine/embedded.ts';
import type { Engine } from './engine/engine.ts';
import { serverEngine } from './engine/server.ts';
import { type Migration, migrate } from './migrate.ts';
import { clientTable } from './migrations/security.ts';
import { storeOn } from './open.ts';
import { newDatabase } from './testing.ts';

const first: Migration = {
  name: '001-a',
  statements: ['create table a (x int)', 'insert into a values (1)'],
};
const second: Migration = { name: '002-b', statements: ['create table b (x int)'] };
const broken: Migration = {
  name: '002-b',
  statements: ['create table b (x int)', 'insert into b values (1 / 0)'],
};

const engines = {
  embedded: () => embeddedEngine({ directory: null }),
  server: async () => serverEngine(await newDatabase()),
};

describe.each(Object.entries(engines))('migrating, %s', (_name, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());
  const run = (...migrations: Migration[]) => engine.session((session) => migrate(session, migrations));
  const tables = async () =>
    (
      await engine.session((session) =>
        session.query<{ name: string }>(
          "select tablename::text as name from pg_tables where schemaname = 'public' order by 1",
        ),
      )
    ).rows.map((row) => row.name);

  it('takes each step once', async () => {
    expect(await run(first)).toEqual(['001-a']);
    expect(await run(first)).toEqual([]);
    expect(await tables()).toEqual(['a', 'schema_migrations']);
  });

  it('changes rows of clients also as a user whom row-level security holds', async () => {
    const rows: Migration = {
      name: '001-rows',
      statements: [
        ...clientTable('held', 'client_id text not null, x int'),
        "insert into held values ('alder', 1)",
      ],
    };
    const more: Migration = { name: '002-more', statements: ['update held set x = 2'] };
    const own = await open();
    try {
      const { rows: found } = await own.session(async (session) => {
        const role = `plain_${randomUUID().slice(0, 8)}`;
        await session.script(`create role ${role}; grant create, usage on schema public to ${role}`);
        await session.script(`set role ${role}`);
        await migrate(session, [rows, more]);
        await session.script('reset role');
        return session.query<{ x: number }>('select x from held');
      });
      expect(found).toEqual([{ x: 2 }]);
    } finally {
      await own.close();
    }
  });

  it('leaves nothing of a step that fails, and takes it when it is right', async () => {
    await expect(run(first, broken)).rejects.toThrow(/division by zero/);
    expect(await tables()).toEqual(['a', 'schema_migrations']);
    expect(await run(first, second)).toEqual(['002-b']);
    expect(await tables()).toEqual(['a', 'b', 'schema_migrations']);
  });

  it('refuses a database that a newer program used', async () => {
    await expect(run(first)).rejects.toMatchObject({
      code: 'newer',
      message: expect.stringContaining('newer Bylaw (its step 002-b is unknown here)'),
    });
  });

  it('refuses a step that was changed after it was taken, or was slipped in before', async () => {
    await expect(run({ ...first, statements: ['create table a (x text)'] }, second)).rejects.toMatchObject({
      code: 'changed',
      message: expect.stringMatching(/001-a .*Nothing was changed in it\. Go on with .* import them/),
    });
    await expect(run(first, { name: '001-z', statements: [] }, second)).rejects.toMatchObject({
      code: 'changed',
      message: expect.stringMatching(/001-z .*Nothing was changed in it\. Go on with .* import them/),
    });
    expect(await tables()).toEqual(['a', 'b', 'schema_migrations']);
  });

  it('does not open a database with a table whose rows anyone could read', async () => {
    await expect(storeOn(engine, { migrations: [first, second] })).rejects.toMatchObject({
      code: 'unsafe',
      message: expect.stringContaining('not forced on a, b'),
    });
  });
});
