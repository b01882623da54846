import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditRecord, appendAudit, chainHash, GENESIS, headOf } from '../audit.ts';
import type { Store } from '../open.ts';
import { eachEngine } from '../testing.ts';
import { boundsOf, facetsOf, linkAt, pageOf, sizeOf, totalOf } from './read.ts';

const ROWAN = { kind: 'user', id: 'u1', name: 'Rowan Quill' } as const;
const BYLAW = { kind: 'system', id: null, name: 'Bylaw' } as const;

function entry(more: Partial<AuditRecord>): AuditRecord {
  return {
    chain: 'anna',
    actor: ROWAN,
    action: 'exceptions.request',
    subject: { kind: 'exception', id: 'e1', name: 'CLA-ACC-07' },
    at: new Date('2026-11-24T10:00:00Z'),
    ...more,
  };
}

eachEngine('the audit chain', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });
  afterAll(() => store.close());
  const append = (record: AuditRecord) => store.write([record.chain], (tx) => appendAudit(tx, record));

  it('starts at nothing and gives each record the hash of the one before', async () => {
    expect(await store.read(['anna'], (tx) => headOf(tx, 'anna'))).toEqual({ seq: 0, hash: GENESIS });
    const one = await append(entry({ reason: 'Until the new tenant stands' }));
    const two = await append(
      entry({ actor: BYLAW, action: 'verdicts.changed', subject: { kind: 'control', id: 'CLA-ACC-07' } }),
    );
    expect([one.seq, two.seq]).toEqual([1, 2]);
    const links = await store.read(['anna'], (tx) => pageOf(tx, 'anna', {}, { limit: 10 }));
    expect(links.map(({ seq, prev, hash }) => ({ seq, prev, hash }))).toEqual([
      { seq: 2, prev: one.hash, hash: two.hash },
      { seq: 1, prev: GENESIS, hash: one.hash },
    ]);
    expect(links.map(({ prev, body }) => chainHash(prev, body))).toEqual([two.hash, one.hash]);
    expect(await store.read(['anna'], (tx) => headOf(tx, 'anna'))).toEqual({ seq: 2, hash: two.hash });
  });

  it('keeps the order when many write at once, each chain on its own', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        append(entry({ chain: at % 2 === 0 ? 'bert' : 'carl', after: { at } })),
      ),
    );
    for (const chain of ['bert', 'carl']) {
      const links = await store.read([chain], (tx) => pageOf(tx, chain, {}, { limit: 100 }));
      expect(links.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, at) => 30 - at));
      for (const [at, link] of links.entries()) expect(links[at + 1]?.hash ?? GENESIS).toBe(link.prev);
    }
  });

  it('exists only together with the change that it describes', async () => {
    const undone = store.write(['anna'], async (tx) => {
      await appendAudit(tx, entry({}));
      throw new Error('the change failed');
    });
    await expect(undone).rejects.toThrow('the change failed');
    expect((await store.read(['anna'], (tx) => headOf(tx, 'anna'))).seq).toBe(2);
  });

  it('lets nobody change or remove a record, and shows no other client’s', async () => {
    const changed = store.write(['anna'], (tx) =>
      tx.updateTable('audit_log').set({ body: '{}' }).where('client_id', '=', 'anna').execute(),
    );
    await expect(changed).rejects.toThrow();
    await expect(store.write('system', (tx) => sql`delete from audit_log`.execute(tx))).rejects.toThrow();
    expect(await store.read(['bert'], (tx) => pageOf(tx, 'anna', {}, { limit: 10 }))).toEqual([]);
    expect(await store.read(['bert'], (tx) => linkAt(tx, 'anna', 1))).toBeNull();
    await expect(store.write(['bert'], (tx) => appendAudit(tx, entry({ chain: 'anna' })))).rejects.toThrow();
  });

  it('takes any text: halves of characters, NUL, line ends', async () => {
    const nasty = 'a\u0000b\ud800\n"\\%_’';
    await append(
      entry({
        chain: 'dora',
        actor: { kind: 'user', id: 'u2', name: nasty },
        reason: nasty,
        after: { nasty },
      }),
    );
    const link = await store.read(['dora'], (tx) => linkAt(tx, 'dora', 1));
    expect(chainHash(GENESIS, link?.body ?? '')).toBe(link?.hash);
    expect(JSON.parse(link?.body ?? '').after).toEqual({ nasty });
  });

  it('filters, counts and pages', async () => {
    const days = ['01', '02', '03', '04', '05'];
    for (const day of days) {
      await append(
        entry({
          chain: 'emil',
          at: new Date(`2026-11-${day}T23:30:00Z`),
          action: day === '03' ? 'exceptionsx.end' : 'exceptions.end',
          actor: day === '05' ? BYLAW : ROWAN,
          subject: { kind: 'exception', id: `e${day}`, name: day === '02' ? '100% of "them"' : 'x' },
        }),
      );
    }
    const seqs = (filter: Parameters<typeof totalOf>[2], page = { limit: 10 }) =>
      store.read(['emil'], async (tx) => {
        const links = await pageOf(tx, 'emil', filter, page);
        expect(await totalOf(tx, 'emil', filter)).toBe(links.length);
        return links.map(({ seq }) => seq);
      });
    expect(await seqs({ action: 'exceptions' })).toEqual([5, 4, 2, 1]);
    expect(await seqs({ action: 'exceptions.end', actor: 'u1' })).toEqual([4, 2, 1]);
    expect(await seqs({ actor: 'Bylaw' })).toEqual([5]);
    expect(await seqs({ subjectKind: 'exception', subjectId: 'e03' })).toEqual([3]);
    expect(await seqs({ text: '100% of "THEM"' })).toEqual([2]);
    expect(await seqs({ text: '1_0' })).toEqual([]);
    expect(await seqs({ text: 'subject' })).toEqual([]);
    expect(
      await seqs({ from: new Date('2026-11-02T23:30:00Z'), until: new Date('2026-11-04T23:30:00Z') }),
    ).toEqual([3, 2]);
    const page = await store.read(['emil'], (tx) => pageOf(tx, 'emil', {}, { before: 4, limit: 2 }));
    expect(page.map(({ seq }) => seq)).toEqual([3, 2]);
    await store.read(['emil'], async (tx) => {
      expect(await boundsOf(tx, 'emil', { from: new Date('2026-11-03T00:00:00Z') })).toEqual({
        first: 3,
        last: 5,
      });
      expect(await boundsOf(tx, 'emil', { from: new Date('2027-01-01T00:00:00Z') })).toBeNull();
      const all = await pageOf(tx, 'emil', {}, { limit: 10 });
      const bytes = all.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
      expect(await sizeOf(tx, 'emil', 1, 5)).toEqual({ records: 5, bytes });
      const facets = await facetsOf(tx, 'emil');
      expect(facets.actors).toEqual([
        { key: 'Bylaw', kind: 'system', name: 'Bylaw', records: 1 },
        { key: 'u1', kind: 'user', name: 'Rowan Quill', records: 4 },
      ]);
      expect(facets.actions).toEqual([
        { action: 'exceptions.end', records: 4 },
        { action: 'exceptionsx.end', records: 1 },
      ]);
      expect(facets.subjects).toEqual([{ kind: 'exception', records: 5 }]);
    });
  });
});
