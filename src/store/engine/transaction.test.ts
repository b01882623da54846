import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atOnce } from '../at-once.ts';
import type { Store, Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { eachEngine } from '../testing.ts';
import type { Session } from './engine.ts';
import { atEnd, executeTogether, inTransaction } from './transaction.ts';

eachEngine('several statements in one round trip', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });
  afterAll(() => store.close());
  const add = (tx: Tx, key: string) =>
    tx
      .insertInto('attempts')
      .values({ key, at: new Date(0) })
      .compile();
  const count = (tx: Tx) => sql<{ n: number }>`select count(*)::int as n from attempts`.compile(tx);
  const stored = () => store.read('system', async (tx) => (await tx.executeQuery(count(tx))).rows);

  it('are done in order, and each has its own answer', async () => {
    const answers = await store.write('system', (tx) =>
      executeTogether(tx, [count(tx), add(tx, 'a'), add(tx, 'b'), count(tx)]),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[{ n: 0 }], [], [], [{ n: 2 }]]);
    expect(answers.map(({ numAffectedRows }) => numAffectedRows)).toEqual([undefined, 1n, 1n, undefined]);
    expect(await store.write('system', (tx) => executeTogether(tx, []))).toEqual([]);
  });

  it('leave nothing behind where one fails, and say which mistake it was', async () => {
    const before = await stored();
    await expect(
      store.write('system', async (tx) => {
        await executeTogether(tx, [add(tx, 'c'), sql`select 1 / 0`.compile(tx), add(tx, 'd')]);
      }),
    ).rejects.toMatchObject({ code: '22012' });
    expect(await stored()).toEqual(before);
    // The connection goes on.
    await store.write('system', (tx) => executeTogether(tx, [add(tx, 'e')]));
    expect(await stored()).not.toEqual(before);
  });

  it('may go with the commit, which says what went wrong with them and then stores nothing', async () => {
    const before = await stored();
    await store.write('system', async (tx) => {
      await atEnd(tx, [add(tx, 'at the end'), add(tx, 'after that')]);
      expect((await tx.executeQuery(count(tx))).rows).toEqual(before);
    });
    const [{ n } = { n: 0 }] = before;
    expect(await stored()).toEqual([{ n: n + 2 }]);
    await expect(
      store.write('system', async (tx) => {
        await tx.executeQuery(add(tx, 'not this either'));
        await atEnd(tx, [add(tx, 'nor this'), sql`select 1 / 0`.compile(tx), add(tx, 'nor that')]);
      }),
    ).rejects.toMatchObject({ code: '22012' });
    await expect(
      store.write('system', async (tx) => {
        await atEnd(tx, [add(tx, 'never')]);
        throw new Error('on second thoughts');
      }),
    ).rejects.toThrow('on second thoughts');
    expect(await stored()).toEqual([{ n: n + 2 }]);
  });

  it('count as changes for what the process remembers, like any other', async () => {
    const client = (tx: Tx, id: string) =>
      tx
        .insertInto('clients')
        .values({ id, slug: id, name: id, profile: '{}', settings: '{}', created_at: new Date() })
        .compile();
    const before = store.mark('clients');
    await store.write('system', (tx) => executeTogether(tx, [count(tx), client(tx, 'anna')]));
    if (before === null) expect(store.engine).toBe('server');
    else expect(store.mark('clients')).toBe(before + 1);
  });

  it('go out together where they are asked for at once, and leave nothing behind where one fails', async () => {
    const before = await stored();
    const found = await store.read('system', (tx) =>
      atOnce({ all: tx.executeQuery(count(tx)), none: sql<{ n: number }>`select 0 as n`.execute(tx) }),
    );
    expect([found.all.rows, found.none.rows]).toEqual([before, [{ n: 0 }]]);
    const failing = store.write('system', (tx) =>
      atOnce({
        one: tx.executeQuery(add(tx, 'f')),
        wrong: sql`select 1 / 0`.execute(tx),
        other: tx.executeQuery(add(tx, 'g')),
      }),
    );
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await stored()).toEqual(before);
  });

  it('are refused once the transaction is over', async () => {
    const over = await store.read('system', async (tx) => [tx]);
    await expect(Promise.all(over.map((tx) => tx.executeQuery(count(tx))))).rejects.toThrow('over');
  });
});

it('has statements that are asked for at once wait for each other only in the database', async () => {
  const sent: string[] = [];
  const session: Session = {
    begin: async () => {},
    async query(text) {
      sent.push(text);
      await new Promise((resolve) => setImmediate(resolve));
      sent.push(`${text} answered`);
      return { rows: [], command: 'SELECT', changed: null };
    },
    script: async (text) => ({ rows: [], command: text.toUpperCase(), changed: null }),
  };
  await inTransaction<Database, unknown>(
    session,
    { mode: 'isolation level repeatable read read only', role: null, scope: '*' },
    (tx) => atOnce({ one: sql`select 1`.execute(tx), two: sql`select 2`.execute(tx) }),
  );
  expect(sent).toEqual(['select 1', 'select 2', 'select 1 answered', 'select 2 answered']);
});
