import { afterAll, expect, it } from 'vitest';
import { embeddedEngine } from './embedded.ts';
import type { Engine, Session } from './engine.ts';

const engine: Engine = await embeddedEngine({ directory: null });
afterAll(() => engine.close());
const ask = <T>(use: (session: Session) => Promise<T>): Promise<T> => engine.session(use);

/** Statements that the server keeps prepared for this connection, by their text. */
async function prepared(): Promise<string[]> {
  const { rows } = await ask((session) =>
    session.query<{ statement: string }>('select statement from pg_prepared_statements'),
  );
  return rows.map(({ statement }) => statement);
}

it('gives the values of both engines, with and without a prepared statement', async () => {
  const bytes = new Uint8Array([0, 255, 92, 39]);
  const sql =
    "select $1::bytea as bytes, $2::jsonb as json, $3::text[] as list, $4::timestamptz as at, $5::bigint as whole, 1.50::numeric as exact, '2026-11-24'::date as day, $6::text as text, null as nothing";
  const values = [
    bytes,
    { a: [1, 'ü'] },
    ['x, "y"', null, '\\'],
    new Date('2026-11-24T01:02:03.456Z'),
    2 ** 53 - 1,
    '\u{1F600}\n',
  ];
  for (let n = 0; n < 3; n += 1) {
    const { rows } = await ask((session) => session.query(sql, values));
    expect(rows).toHaveLength(1);
    expect(new Uint8Array(rows[0]?.bytes as Buffer)).toEqual(bytes);
    expect({ ...rows[0], bytes: null }).toEqual({
      bytes: null,
      json: { a: [1, 'ü'] },
      list: ['x, "y"', null, '\\'],
      at: new Date('2026-11-24T01:02:03.456Z'),
      whole: 2 ** 53 - 1,
      exact: '1.50',
      day: '2026-11-24',
      text: '\u{1F600}\n',
      nothing: null,
    });
  }
});

it('goes on after a statement that is wrong, that breaks a rule, or whose value does not fit', async () => {
  await ask((session) => session.script('create table things (id int primary key)'));
  const insert = (id: unknown) => ask((session) => session.query('insert into things values ($1)', [id]));
  expect(await insert(1)).toMatchObject({ command: 'INSERT', changed: 1 });
  await expect(insert(1)).rejects.toMatchObject({ code: '23505' });
  await expect(insert('one')).rejects.toMatchObject({ code: '22P02' });
  expect(await insert(2)).toMatchObject({ changed: 1 });
  await expect(ask((session) => session.query('selec 1'))).rejects.toMatchObject({ code: '42601' });
  await expect(
    ask((session) => session.query('select * from things where id = $1', ['three'])),
  ).rejects.toMatchObject({ code: '22P02' });
  expect((await ask((session) => session.query('select * from things where id = $1', [2]))).rows).toEqual([
    { id: 2 },
  ]);
  expect(await ask((session) => session.query('update things set id = id + 10'))).toMatchObject({
    command: 'UPDATE',
    changed: 2,
  });
});

it('plans again what was prepared for tables that changed since', async () => {
  await ask((session) => session.script('create table shapes (a int); insert into shapes values (1)'));
  const all = () => ask((session) => session.query('select * from shapes')).then(({ rows }) => rows);
  expect(await all()).toEqual([{ a: 1 }]);
  expect(await all()).toEqual([{ a: 1 }]);
  await ask((session) => session.script("alter table shapes add b text default 'new'"));
  expect(await all()).toEqual([{ a: 1, b: 'new' }]);
  await ask((session) => session.query('alter table shapes drop a'));
  expect(await all()).toEqual([{ b: 'new' }]);
});

it('keeps no more statements prepared than it says, and those that were used last', async () => {
  await ask((session) => session.query('select 0 as first'));
  for (let n = 0; n < 250; n += 1) {
    await ask((session) => session.query(`select ${n} as n${n}`));
    await ask((session) => session.query('select 0 as first'));
  }
  const kept = await prepared();
  expect(kept.length).toBeLessThanOrEqual(201);
  expect(kept).toContain('select 0 as first');
  expect(kept).toContain('select 249 as n249');
  expect(kept).not.toContain('select 1 as n1');
});

it('reads answers that are longer than the memory that the server hands over at once', async () => {
  const { rows } = await ask((session) =>
    session.query<{ long: string }>("select repeat('ü', 3000000) as long from generate_series(1, 2)"),
  );
  expect(rows.map(({ long }) => [long.length, long.at(-1)])).toEqual([
    [3_000_000, 'ü'],
    [3_000_000, 'ü'],
  ]);
});
