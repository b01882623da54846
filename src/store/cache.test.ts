import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { type AuditRecord, appendAudit, WORKSPACE } from './audit.ts';
import { cached, cachedEach, inPassing } from './cache.ts';
import type { Scope, Store } from './open.ts';
import { eachEngine } from './testing.ts';

async function client(store: Store, id: string): Promise<void> {
  await store.write('system', (tx) =>
    tx
      .insertInto('clients')
      .values({ id, slug: id, name: id, profile: '{}', settings: '{}', created_at: new Date() })
      .execute(),
  );
}

const decided = (store: Store, id: string, scope: Scope = [id]) =>
  store.write(scope, (tx) =>
    tx
      .insertInto('people_decisions')
      .values({
        client_id: id,
        id: randomUUID(),
        kind: 'shared',
        addresses: '[]',
        reason: null,
        decided_by: 'u',
        decided_by_name: 'U',
        decided_at: new Date(),
      })
      .execute(),
  );

const visited = (store: Store, id: string) =>
  store.write([id], (tx) =>
    tx
      .insertInto('visits')
      .values({ client_id: id, user_id: randomUUID(), previous_at: null, last_at: new Date() })
      .execute(),
  );

const RECORD: AuditRecord = {
  chain: WORKSPACE,
  at: new Date(),
  actor: { kind: 'system', id: null, name: 'Bylaw' },
  action: 'backup.make',
  subject: { kind: 'workspace', id: null },
};

eachEngine('cached reads', (engine) => {
  it('is read again once something in its scope was written, and never later than that', async () => {
    const store = await engine.open();
    try {
      await client(store, 'a');
      await client(store, 'b');
      let reads = 0;
      const count = (scope: Scope = ['a']) =>
        cached(store, scope, { key: 'count' }, () =>
          store.read(scope, async (tx) => {
            reads += 1;
            const rows = await tx.selectFrom('people_decisions').select('id').execute();
            return rows.length;
          }),
        );
      expect([await count(), await count()]).toEqual([0, 0]);
      await decided(store, 'b');
      await visited(store, 'a');
      expect(await count()).toBe(0);
      // A sign-in, for one.
      await store.write('system', (tx) => appendAudit(tx, RECORD));
      expect(await count()).toBe(0);
      // Another process may write to a server's database, so there nothing is kept.
      expect(reads).toBe(engine.kind === 'embedded' ? 1 : 4);
      await decided(store, 'a');
      expect(await count()).toBe(1);
      await decided(store, 'a', 'system');
      expect(await count()).toBe(2);
      expect(await count(['a', 'b'])).toBe(3);
      await decided(store, 'b');
      expect(await count(['a', 'b'])).toBe(4);
      expect(await count('system')).toBe(4);
      await store.write('system', (tx) => tx.deleteFrom('clients').where('id', '=', 'a').execute());
      expect([await count(), await count(['a', 'b']), await count('system')]).toEqual([0, 2, 2]);
    } finally {
      await store.close();
    }
  });

  it('is kept of each of many clients alone, and read together for those where something was written', async () => {
    const store = await engine.open();
    try {
      for (const id of ['a', 'b', 'c']) await client(store, id);
      const asked: string[][] = [];
      const each = (ids: readonly string[], day = '1') =>
        cachedEach(store, ids, { key: () => day, weight: 4_000 }, async (missing) => {
          asked.push([...missing]);
          const rows = await store.read(missing, (tx) =>
            tx.selectFrom('people_decisions').select('client_id').execute(),
          );
          return new Map(missing.map((id) => [id, rows.filter((row) => row.client_id === id).length]));
        });
      const kept = engine.kind === 'embedded';
      expect([...(await each(['a', 'b']))]).toEqual([
        ['a', 0],
        ['b', 0],
      ]);
      await decided(store, 'b');
      // What has to make room for another is still part of the answer that was begun with it.
      expect(Object.fromEntries(await each(['c', 'a', 'b']))).toEqual({ a: 0, b: 1, c: 0 });
      expect(asked.at(-1)).toEqual(kept ? ['c', 'b'] : ['c', 'a', 'b']);
      expect(Object.fromEntries(await each(['c'], '2'))).toEqual({ c: 0 });
      expect(asked.at(-1)).toEqual(['c']);
    } finally {
      await store.close();
    }
  });

  it('keeps the table of clients apart from their facts', async () => {
    const store = await engine.open();
    try {
      await client(store, 'a');
      let reads = 0;
      const names = () =>
        cached(store, 'clients', { key: 'names' }, () =>
          store.read('system', async (tx) => {
            reads += 1;
            return (await tx.selectFrom('clients').select('name').orderBy('id').execute()).map(
              ({ name }) => name,
            );
          }),
        );
      expect(await names()).toEqual(['a']);
      await decided(store, 'a');
      await names();
      expect(reads).toBe(engine.kind === 'embedded' ? 1 : 2);
      await store.write(['a'], (tx) => tx.updateTable('clients').set({ name: 'new' }).execute());
      await client(store, 'b');
      expect(await names()).toEqual(['new', 'b']);
    } finally {
      await store.close();
    }
  });

  it('does not keep what could not be read', async () => {
    const store = await engine.open();
    try {
      const ask = (load: () => Promise<number>) => cached(store, ['a'], { key: 'k' }, load);
      await expect(ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await ask(async () => 7)).toBe(7);
    } finally {
      await store.close();
    }
  });

  it('releases what no one asked for in a while, while something else is asked for', async () => {
    const store = await engine.open();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const loaded: string[] = [];
      const ask = (key: string) =>
        cached(store, ['a'], { key }, async () => {
          loaded.push(key);
        });
      for (const key of ['seldom', 'often', 'often']) await ask(key);
      for (let minutes = 0; minutes < 20; minutes += 2) {
        await ask('often');
        vi.advanceTimersByTime(2 * 60_000);
      }
      const often = loaded.filter((key) => key === 'often').length;
      expect(often).toBe(engine.kind === 'embedded' ? 1 : 12);
      await ask('seldom');
      expect(loaded.filter((key) => key === 'seldom')).toHaveLength(2);
    } finally {
      vi.useRealTimers();
      await store.close();
    }
  });

  it('makes room by the size of values in bytes, the least recently used first', async () => {
    const store = await engine.open();
    try {
      const loaded: string[] = [];
      const ask = (key: string, value: unknown = {}) =>
        cached(store, ['a'], { key }, async () => {
          loaded.push(key);
          return value;
        });
      // As a buffer says it of itself, which nobody has to fill for that.
      const held = { byteLength: 100_000_000 };
      await ask('first', held);
      for (let n = 0; n < 300; n += 1) await ask(`small ${n}`);
      await ask('first', held);
      await ask('second', { rows: held });
      await ask('second', { rows: held });
      await ask('first', held);
      const kept = engine.kind === 'embedded';
      const large = loaded.filter((key) => !key.startsWith('small'));
      expect(large).toEqual(
        kept ? ['first', 'second', 'first'] : ['first', 'first', 'second', 'second', 'first'],
      );
    } finally {
      await store.close();
    }
  });

  it('gives back soon what only a job has read, and keeps for no job what someone else has', async () => {
    const store = await engine.open();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const loaded: string[] = [];
      const ask = (key: string) =>
        cached(store, ['a'], { key }, async () => {
          loaded.push(key);
        });
      const byJob = (...keys: string[]) =>
        inPassing(async () => {
          for (const key of keys) await ask(key);
        });
      const times = (key: string) => loaded.filter((one) => one === key).length;
      await byJob('of a job', 'of both');
      for (const key of ['of both', 'of someone']) await ask(key);
      vi.advanceTimersByTime(60_000);
      await byJob('of both', 'of someone');
      if (engine.kind === 'embedded') expect(loaded).toEqual(['of a job', 'of both', 'of someone']);
      await ask('of a job');
      expect(times('of a job')).toBe(2);
      // The job's own look a minute after theirs does not count.
      vi.advanceTimersByTime(14.5 * 60_000);
      await ask('of someone');
      expect(times('of someone')).toBe(engine.kind === 'embedded' ? 2 : 3);
    } finally {
      vi.useRealTimers();
      await store.close();
    }
  });
});
