import { expect, it } from 'vitest';
import type { Store } from './open.ts';
import { openTestStore } from './testing.ts';

const OF_EVERYTHING = `select count(*)::int as relations, max(oid)::text as newest, sum(relpages)::int as pages,
  (select count(*)::int from pg_proc) as functions, (select count(*)::int from pg_roles) as roles,
  (select string_agg(tgname || tgenabled::text, ',' order by oid) from pg_trigger) as triggers,
  (select string_agg(name || setting, ',' order by name) from pg_settings where name !~ 'transaction|session_auth') as settings,
  (select count(*)::int from pg_prepared_statements) as prepared, (select count(*)::int from clients) as clients,
  (select pg_current_wal_insert_lsn()::text) as written
  from pg_class`;

const look = (store: Store) => store.asOwner(async (session) => (await session.query(OF_EVERYTHING)).rows);

it('gives each test a database like new, whatever the test before did to its own', async () => {
  const first = await openTestStore();
  const asNew = await look(first);
  await first.close();
  for (let round = 0; round < 3; round += 1) {
    const store = await openTestStore();
    expect(await look(store)).toEqual(asNew);
    await store.asOwner(async (session) => {
      await session.script(`
        drop table attempts cascade;
        create role somebody_${round};
        create table filled as select n, repeat(md5(n::text), 20) as text from generate_series(1, 20000) n;
        create index on filled (text);
        analyze;
        set work_mem = '1MB';
        create temp table passing (n int);
        create function three() returns int language plpgsql as $$ begin return 3; end $$;
        select three();`);
      await session.query('select $1::int as one', [1]);
      await expect(session.query('select 1 / 0')).rejects.toThrow();
    });
    expect(await look(store)).not.toEqual(asNew);
    await store.close();
  }
  const [one, other] = [await openTestStore(), await openTestStore()];
  await one.asOwner((session) => session.script('create table mine (n int)'));
  expect(await look(other)).toEqual(asNew);
  await one.close();
  expect(await look(other)).toEqual(asNew);
  await other.close();
});
