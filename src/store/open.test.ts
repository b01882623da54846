import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from './engine/problems.ts';
import { openStore, type Store, type Tx } from './open.ts';
import { eachEngine, newDatabase, newMigratedDatabase } from './testing.ts';

eachEngine('the store', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await store.write('system', async (tx) => {
      for (const id of ['anna', 'bert']) await addClient(tx, id);
      for (const id of ['anna', 'bert']) await addDocument(tx, id, 'first');
    });
  });
  afterAll(() => store.close());

  const documents = (scope: readonly string[] | 'system') =>
    store.read(scope, (tx) =>
      tx.selectFrom('documents').select(['client_id', 'file']).orderBy('client_id').execute(),
    );

  it('shows a scope the rows of its own clients and no others', async () => {
    const owners = async (scope: readonly string[] | 'system') =>
      (await documents(scope)).map((row) => row.client_id);
    expect(await owners(['anna'])).toEqual(['anna']);
    expect(await owners(['anna', 'bert'])).toEqual(['anna', 'bert']);
    expect(await owners('system')).toEqual(['anna', 'bert']);
    expect(await owners([])).toEqual([]);
    expect(await owners(['carl'])).toEqual([]);
  });

  it('refuses to add, move, change or remove a row of another client', async () => {
    await expect(store.write(['anna'], (tx) => addDocument(tx, 'bert', 'second'))).rejects.toThrow(
      /row-level security/,
    );
    await expect(
      store.write(['anna'], (tx) => tx.updateTable('documents').set({ client_id: 'bert' }).execute()),
    ).rejects.toThrow(/row-level security/);
    const changed = await store.write(['anna'], (tx) =>
      tx.updateTable('documents').set({ file: 'mine' }).where('client_id', '=', 'bert').executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(0n);
    const removed = await store.write(['anna'], (tx) =>
      tx.deleteFrom('clients').where('id', '=', 'bert').executeTakeFirst(),
    );
    expect(removed.numDeletedRows).toBe(0n);
    expect(await documents('system')).toEqual([
      { client_id: 'anna', file: 'charter.yaml' },
      { client_id: 'bert', file: 'charter.yaml' },
    ]);
  });

  it('hides people and sessions from work in a client’s name', async () => {
    await store.write('system', (tx) =>
      tx
        .insertInto('users')
        .values({
          id: 'u1',
          email: 'u@x.example',
          name: 'U',
          recovery_codes: '[]',
          preferences: '{}',
          created_at: new Date(),
        })
        .execute(),
    );
    const users = (scope: readonly string[] | 'system') =>
      store.read(scope, (tx) => tx.selectFrom('users').select('id').execute());
    expect(await users('system')).toEqual([{ id: 'u1' }]);
    expect(await users(['anna', 'bert'])).toEqual([]);
  });

  it('never changes or removes an audit record, in any scope', async () => {
    await store.write('system', (tx) =>
      tx
        .insertInto('audit_log')
        .values({
          client_id: 'anna',
          seq: 1,
          at: new Date(),
          actor_kind: 'user',
          actor_id: null,
          actor_name: 'A',
          action: 'x',
          subject_kind: 'client',
          subject_id: null,
          body: '{}',
          prev: '0',
          hash: '1',
        })
        .execute(),
    );
    const refused = { code: '42501' };
    for (const scope of [['anna'], 'system'] as const) {
      await expect(store.write(scope, (tx) => tx.deleteFrom('audit_log').execute())).rejects.toMatchObject(
        refused,
      );
      await expect(
        store.write(scope, (tx) => tx.updateTable('audit_log').set({ body: '{"a":1}' }).execute()),
      ).rejects.toMatchObject(refused);
      await expect(store.write(scope, (tx) => sql`truncate audit_log`.execute(tx))).rejects.toMatchObject(
        refused,
      );
    }
  });

  it('forces the tables’ policies on their owner and on the role of the application', async () => {
    const { rows } = await store.asOwner((session) =>
      session.query<{ open: string | null; bypasses: boolean }>(
        `select (select string_agg(relname, ',') from pg_class
                  where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migrations'
                    and not (relrowsecurity and relforcerowsecurity)) as open,
                (select rolsuper or rolbypassrls or rolcanlogin from pg_roles where rolname = 'bylaw_app') as bypasses`,
      ),
    );
    expect(rows).toEqual([{ open: null, bypasses: false }]);
  });

  it('takes no scope from one transaction into the next, also after an error', async () => {
    const seen = async () =>
      (
        await store.asOwner((session) =>
          session.query<{ scope: string | null; role: string }>(
            `select nullif(current_setting('bylaw.scope', true), '') as scope, current_user::text as role`,
          ),
        )
      ).rows[0];
    await documents('system');
    expect((await seen())?.scope).toBeNull();
    await store
      .write('system', async (tx) => {
        await sql`select 1 / 0`.execute(tx);
      })
      .catch(() => {});
    expect((await seen())?.scope).toBeNull();
    expect((await seen())?.role).not.toBe('bylaw_app');
    expect(await documents([])).toEqual([]);
  });

  it('refuses a scope that is no list of ids', async () => {
    for (const id of ["a'; reset role; --", '*', 'a,b', 'A', '']) {
      await expect(documents([id])).rejects.toThrow(TypeError);
    }
  });

  it('stores all of a transaction or nothing', async () => {
    await expect(
      store.write(['anna'], async (tx) => {
        await tx.updateTable('clients').set({ name: 'changed' }).where('id', '=', 'anna').execute();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      store.write(['anna'], async (tx) => {
        await tx.updateTable('clients').set({ name: 'changed' }).where('id', '=', 'anna').execute();
        // An error that the work swallows still ends the transaction, and must not pass for a success.
        await sql`select 1 / 0`.execute(tx).catch(() => {});
      }),
    ).rejects.toThrow();
    const { name } = await store.read(['anna'], (tx) =>
      tx.selectFrom('clients').select('name').executeTakeFirstOrThrow(),
    );
    expect(name).toBe('anna');
  });

  it('cannot write where it was asked to read', async () => {
    await expect(
      store.read('system', (tx) => tx.updateTable('clients').set({ name: 'x' }).execute()),
    ).rejects.toMatchObject({ code: '25006' });
  });

  it('rolls back to a savepoint', async () => {
    await store.write(['anna'], async (tx) => {
      await sql`savepoint before`.execute(tx);
      await tx.updateTable('clients').set({ name: 'changed' }).execute();
      await sql`rollback to savepoint before`.execute(tx);
    });
    expect(await store.read(['anna'], (tx) => tx.selectFrom('clients').select('name').execute())).toEqual([
      { name: 'anna' },
    ]);
  });

  it('says so instead of waiting for itself when a transaction asks for another', async () => {
    await expect(store.read('system', () => documents('system'))).rejects.toThrow(/inside another/);
    expect(await documents(['anna'])).toHaveLength(1);
  });

  it('tries again when another transaction got in the way, and not for ever', async () => {
    let runs = 0;
    const conflict = async (tx: Tx): Promise<number> => {
      runs += 1;
      await sql`do $$ begin raise exception 'busy' using errcode = '40001'; end $$`.execute(tx);
      return runs;
    };
    await expect(store.write(['anna'], conflict)).rejects.toSatisfy((error) => errorCode(error) === '40001');
    expect(runs).toBe(4);
    let tries = 0;
    const second = await store.write(['anna'], async (tx) => {
      tries += 1;
      if (tries === 1) await conflict(tx);
      return tries;
    });
    expect(second).toBe(2);
  });

  it('gives the same values on both engines', async () => {
    const at = new Date('2026-03-01T10:20:30.123Z');
    const { rows } = await store.read('system', (tx) =>
      sql<Record<string, unknown>>`select 12::bigint as a, 1.50::numeric as b, date '2026-02-28' as c,
        ${at}::timestamptz as d, '\\x00ff'::bytea as e, '{"x": [1, null]}'::jsonb as f, true as g, null::text as h,
        count(*) as i from clients`.execute(tx),
    );
    const { e, ...rest } = rows[0] ?? {};
    expect(rest).toEqual({
      a: 12,
      b: '1.50',
      c: '2026-02-28',
      d: at,
      f: { x: [1, null] },
      g: true,
      h: null,
      i: 2,
    });
    expect(e instanceof Uint8Array && [...e]).toEqual([0, 255]);
  });
});

describe('a PostgreSQL server', () => {
  it('that goes away is reported as such, and the store works again when it is back', async () => {
    const databaseUrl = await newMigratedDatabase();
    const store = await openStore({ dataDir: null, databaseUrl });
    const count = () => store.read('system', (tx) => tx.selectFrom('clients').select('id').execute());
    const endSessions = async () => {
      const admin = new pg.Client({ connectionString: databaseUrl });
      await admin.connect();
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await admin.end();
    };
    await count();
    await endSessions();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await count()).toEqual([]);
    const cut = store.write('system', async (tx) => {
      await addClient(tx, 'lost');
      await endSessions();
      await tx.selectFrom('clients').select('id').execute();
    });
    await expect(cut).rejects.toMatchObject({ code: 'unavailable', retryable: true, outcome: 'not_stored' });
    expect(await count()).toEqual([]);
    await store.close();
  });

  it('that does not answer is reported as such', async () => {
    await expect(
      openStore({ dataDir: null, databaseUrl: 'postgres://a:b@127.0.0.1:1/x' }),
    ).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('serves a user that is no superuser, and lets several processes start at once', async () => {
    const url = new URL(await newDatabase());
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    const user = `plain_${url.pathname.slice(6, 20)}`;
    await admin.query(`create role ${user} login password 'x'`);
    await admin.query(`alter database ${url.pathname.slice(1)} owner to ${user}`);
    await admin.query(`alter schema public owner to ${user}`);
    await admin.end();
    url.username = user;
    url.password = 'x';
    const stores = await Promise.all(
      [1, 2, 3].map(() => openStore({ dataDir: null, databaseUrl: url.href })),
    );
    const [store] = stores;
    if (store === undefined) throw new Error('No store was opened.');
    await store.write('system', (tx) => addClient(tx, 'anna'));
    expect(await store.read(['bert'], (tx) => tx.selectFrom('clients').select('id').execute())).toEqual([]);
    expect(await store.read(['anna'], (tx) => tx.selectFrom('clients').select('id').execute())).toHaveLength(
      1,
    );
    const { rows } = await store.asOwner((session) => session.query('select id from clients'));
    expect(rows).toEqual([]);
    await Promise.all(stores.map((each) => each.close()));
  });

  it('whose user reads past row-level security and may not take the role is refused', async () => {
    const url = new URL(await newDatabase());
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    const user = `past_${url.pathname.slice(6, 20)}`;
    await admin.query(`create role ${user} login password 'x' bypassrls`);
    await admin.query(`alter database ${url.pathname.slice(1)} owner to ${user}`);
    url.username = user;
    url.password = 'x';
    await expect(openStore({ dataDir: null, databaseUrl: url.href })).rejects.toMatchObject({
      code: 'unsafe',
      message: expect.stringContaining('can read past row-level security'),
    });
    const { rows } = await admin.query("select from pg_tables where schemaname = 'public'");
    expect(rows).toEqual([]);
    await admin.end();
  });
});

async function addClient(tx: Tx, id: string): Promise<void> {
  await tx
    .insertInto('clients')
    .values({ id, slug: id, name: id, profile: '{}', settings: '{}', created_at: new Date() })
    .execute();
}

async function addDocument(tx: Tx, client_id: string, id: string): Promise<void> {
  await tx
    .insertInto('documents')
    .values({
      client_id,
      id,
      kind: 'charter',
      version: 1,
      value: '{}',
      lines: '{}',
      file: 'charter.yaml',
      sha256: '',
      stored_at: new Date(),
      stored_by: 'x',
    })
    .execute();
}
