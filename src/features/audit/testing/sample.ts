import { join } from 'node:path';
import { appendAudit } from '#store/audit.ts';
import { type Blobs, openBlobs } from '#store/blobs.ts';
import type { Store } from '#store/open.ts';
import { holdingsOf } from '#store/retention/holdings.ts';
import { removeHeld } from '#store/retention/remove.ts';
import { openTestStore } from '#store/testing.ts';
import { type ExportInput, exportChain } from '../export/write.ts';
import type { Source } from '../source.ts';

export const CLIENT = { id: 'c-alder', slug: 'alder', name: 'Alder Society' };
export const NOW = new Date('2026-11-24T15:00:00.000Z');

export interface Sample {
  readonly store: Store;
  readonly blobs: Blobs;
  /** Addresses of the evidence, in the order in which it was added. */
  readonly evidence: readonly string[];
}

/** A client with three records of 20, 21 and 22 November, each of which added a file of evidence. */
export async function sample(folder: string): Promise<Sample> {
  const store = await openTestStore();
  const blobs = await openBlobs(join(folder, 'evidence'));
  await store.write('system', (tx) =>
    tx
      .insertInto('clients')
      .values({ ...CLIENT, profile: '{}', settings: '{}', created_at: NOW })
      .execute(),
  );
  const evidence: string[] = [];
  for (const [at, words] of ['The roster of March', '', 'x'.repeat(1536)].entries()) {
    const stored = await blobs.put(one(Buffer.from(words)), { maxBytes: 1e6 });
    const when = new Date(`2026-11-2${at}T12:00:00Z`);
    evidence.push(stored.sha256);
    await store.write([CLIENT.id], async (tx) => {
      await tx
        .insertInto('evidence')
        .values({
          client_id: CLIENT.id,
          ...stored,
          name: `roster ${at}.CSV`,
          media_type: 'text/csv',
          how: 'import',
          added_by: 'u1',
          added_at: when,
        })
        .execute();
      await appendAudit(tx, {
        chain: CLIENT.id,
        actor: { kind: 'user', id: 'u1', name: 'Rowan Quill' },
        action: 'imports.store',
        subject: { kind: 'import', id: `i${at}`, name: 'Zoë’s "list"' },
        after: { files: [stored.sha256], rows: at },
        at: when,
      });
    });
  }
  return { store, blobs, evidence };
}

/** Removes a file of the sample as retention does: the row goes, a line of it stays, and a record names it. */
export async function removedByRetention({ store }: Sample, sha256: string, at: Date): Promise<number> {
  return store.write([CLIENT.id], async (tx) => {
    const { seq } = await appendAudit(tx, {
      chain: CLIENT.id,
      actor: { kind: 'system', id: null, name: 'Bylaw, by retention' },
      action: 'retention.remove',
      subject: { kind: 'client', id: CLIENT.id, name: CLIENT.name },
      after: { removed: [{ name: 'roster 0.CSV', sha256 }] },
      at,
    });
    const held = await holdingsOf(tx, CLIENT.id);
    await removeHeld(
      tx,
      CLIENT.id,
      {
        readings: [],
        emptied: [],
        reports: [],
        files: held.evidence.filter((file) => file.sha256 === sha256),
      },
      { at, on: at.toISOString().slice(0, 10), record: seq },
    );
    return seq;
  });
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export function sourceOf({ store }: Sample, more: Partial<Source> = {}): Source {
  return {
    chain: CLIENT.id,
    zone: 'America/New_York',
    name: CLIENT.name,
    client: CLIENT,
    person: 'Rowan Quill',
    now: NOW,
    titles: new Map(),
    read: (work) => store.read([CLIENT.id], work),
    ...more,
  };
}

/** The bytes of an export. */
export async function exported(
  made: Sample,
  input: Partial<ExportInput> = {},
  source = sourceOf(made),
): Promise<Buffer> {
  const { bytes } = await exportChain(source, made.blobs, { evidence: 'with', ...input });
  return Buffer.from(await new Response(bytes).arrayBuffer());
}
