import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store, Tx } from './open.ts';
import { eachEngine } from './testing.ts';

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

  it('shows a scope the rows of its own clients and no others', async () => {
    const of = (scope: readonly string[] | 'system') =>
      store.read(scope, (tx) =>
        tx.selectFrom('documents').select('client_id').orderBy('client_id').execute(),
      );
    expect(await of(['anna'])).toEqual([{ client_id: 'anna' }]);
    expect(await of(['anna', 'bert'])).toEqual([{ client_id: 'anna' }, { client_id: 'bert' }]);
    expect(await of('system')).toHaveLength(2);
    expect(await of([])).toEqual([]);
    expect(await of(['carl'])).toEqual([]);
  });

  it('gives the same values on both engines', async () => {
    const at = new Date('2026-03-01T10:20:30.123Z');
    const row = await store.write('system', async (tx) =>
      sql<
        Record<string, unknown>
      >`select 12::bigint as a, 1.50::numeric as b, date '2026-02-28' as c, ${at}::timestamptz as d,
        '\\x00ff'::bytea as e, '{"x": [1, null]}'::jsonb as f, true as g, null::text as h, count(*) as i from clients`.execute(
        tx,
      ),
    );
    const { e, ...rest } = row.rows[0] ?? {};
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
    expect(e).toBeInstanceOf(Uint8Array);
    expect([...(e as Uint8Array)]).toEqual([0, 255]);
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
