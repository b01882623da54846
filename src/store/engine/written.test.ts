import { type CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertUser } from '../identity/users.ts';
import type { Store, Tx } from '../open.ts';
import { openTestStore } from '../testing.ts';
import { atEnd, executeTogether } from './transaction.ts';
import { writing } from './written.ts';

describe('what the process remembers', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
    await store.write('system', (tx) => tx.executeQuery(client(tx, 'anna')));
  });
  afterAll(() => store.close());

  const client = (tx: Tx, id: string) =>
    tx
      .insertInto('clients')
      .values({ id, slug: id, name: id, profile: '{}', settings: '{}', created_at: new Date() })
      .compile();
  const head = sql`insert into "activity_heads" as h (client_id, last_seq) values ('anna', 1)
    on conflict (client_id) do update set last_seq = h.last_seq + 1`;
  const rename = sql`update clients set name = 'Anna' where id = 'nobody'`;

  const ways: [string, (tx: Tx, statement: CompiledQuery) => Promise<unknown>][] = [
    ['by itself', (tx, statement) => tx.executeQuery(statement)],
    ['with others', (tx, statement) => executeTogether(tx, [sql`select 1`.compile(tx), statement])],
    ['first of others', (tx, statement) => executeTogether(tx, [statement, sql`select 1`.compile(tx)])],
    ['with the commit', (tx, statement) => atEnd(tx, [statement])],
  ];

  /** Which marks went up with a statement. */
  async function forgotten(make: (tx: Tx) => CompiledQuery, [, send] = ways[0] ?? []): Promise<string[]> {
    const marks = () => [
      ['facts', store.mark(['anna'])] as const,
      ['clients', store.mark('clients')] as const,
      ['people', store.mark('people')] as const,
    ];
    const before = new Map(marks());
    await store.write(['anna'], (tx) => send?.(tx, make(tx)) ?? Promise.resolve());
    return marks().flatMap(([name, mark]) => (mark === before.get(name) ? [] : [name]));
  }
  const everything = ['facts', 'clients', 'people'];

  it.each(ways)('is forgotten whole after a raw statement that says no tables: %s', async (...way) => {
    expect(await forgotten((tx) => head.compile(tx), way)).toEqual(everything);
    // The rows of its last part say nothing of the others.
    expect(await forgotten((tx) => rename.compile(tx), way)).toEqual(everything);
    expect(await forgotten((tx) => sql`with gone as (delete from users) select 1`.compile(tx), way)).toEqual(
      everything,
    );
  });

  it.each(ways)('is forgotten by the tables that a raw statement says: %s', async (...way) => {
    const log = writing('activity_heads')`update "activity_heads" set last_seq = last_seq`;
    expect(await forgotten((tx) => log.compile(tx), way)).toEqual([]);
    const both = writing('clients', 'activity_heads')`
      with named as (update clients set name = 'Anna' where id = 'anna')
      update "activity_heads" set last_seq = last_seq where client_id = 'nobody'`;
    expect(await forgotten((tx) => both.compile(tx), way)).toEqual(['facts', 'clients']);
  });

  it('stays where a statement reads, and where it changed no row', async () => {
    expect(await forgotten((tx) => sql`select count(*) from clients`.compile(tx))).toEqual([]);
    expect(await forgotten((tx) => tx.selectFrom('clients').selectAll().forUpdate().compile())).toEqual([]);
    const nobody = (tx: Tx) =>
      tx.updateTable('clients').set({ name: 'Anna' }).where('id', '=', 'nobody').compile();
    expect(await forgotten(nobody)).toEqual([]);
  });

  it('is forgotten by the table that a built statement names, and whole where parts of it write, too', async () => {
    const named = (tx: Tx) =>
      tx.updateTable('clients as c').set({ name: 'Anna' }).where('c.id', '=', 'anna').compile();
    expect(await forgotten(named)).toEqual(['facts', 'clients']);
    const within = (tx: Tx) =>
      tx
        .with('renamed', (db) => db.updateTable('clients').set({ name: 'Anna' }).returning('id'))
        .selectFrom('renamed')
        .selectAll()
        .compile();
    expect(await forgotten(within)).toEqual(everything);
    const visits = (tx: Tx) => tx.deleteFrom('visits').compile();
    expect(await forgotten(visits)).toEqual([]);
  });

  it('stays where someone was only here again, and is forgotten where anything else of a person changes', async () => {
    const someone = {
      id: 'u',
      email: 'u@example.org',
      name: 'U',
      password: null,
      now: new Date(0),
      proven: 'mail',
    } as const;
    await store.write('system', (tx) => insertUser(tx, someone));
    const change = (set: { last_seen_at: Date; name?: string }) =>
      store.write('system', (tx) => tx.updateTable('users').set(set).where('id', '=', 'u').execute());
    const before = store.mark('people') ?? 0;
    await change({ last_seen_at: new Date(1) });
    expect(store.mark('people')).toBe(before);
    await change({ last_seen_at: new Date(2), name: 'Una' });
    expect(store.mark('people')).toBe(before + 1);
  });
});
