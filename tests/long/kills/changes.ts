import { randomUUID } from 'node:crypto';
import { appendAudit } from '#store/audit.ts';
import type { Blobs } from '#store/blobs.ts';
import type { Store, Tx } from '#store/open.ts';

export const CLIENTS = ['c-alder', 'c-harrow'] as const;
export type ClientId = (typeof CLIENTS)[number];

/** Parts of an observation, each stored in its own transaction. */
const PARTS = 3;

/** Creates missing clients. */
export async function prepare(store: Store): Promise<void> {
  await store.write('system', async (tx) => {
    for (const id of CLIENTS) {
      await tx
        .insertInto('clients')
        .values({ id, slug: id, name: id, profile: '{}', settings: '{}', created_at: new Date() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

/** Changes a random client by an edit or an import. Returns the change's id once it is stored. */
export async function change(store: Store, blobs: Blobs, random: () => number): Promise<string> {
  const client = CLIENTS[Math.floor(random() * CLIENTS.length)] ?? CLIENTS[0];
  const id = randomUUID();
  await (random() < 0.5 ? edit(store, client, id) : bringIn(store, blobs, client, id, random));
  return id;
}

/** Increments the client's version, which counts its edits and imports, and records which one this was. */
async function count(tx: Tx, client: ClientId, id: string, action: string, after: object): Promise<number> {
  const { version } = await tx
    .updateTable('clients')
    .set((eb) => ({ version: eb('version', '+', 1), name: id }))
    .where('id', '=', client)
    .returning('version')
    .executeTakeFirstOrThrow();
  await appendAudit(tx, {
    chain: client,
    actor: { kind: 'user', id: 'u1', name: 'Rowan Quill' },
    action,
    subject: { kind: 'change', id },
    after: { ...after, version },
    at: new Date(),
  });
  return version;
}

async function edit(store: Store, client: ClientId, id: string): Promise<void> {
  await store.write([client], async (tx) => {
    const version = await count(tx, client, id, 'charter.edit', {});
    await tx
      .insertInto('documents')
      .values({
        id,
        client_id: client,
        kind: 'charter',
        version,
        value: '{}',
        lines: '{}',
        file: `${id}.yaml`,
        sha256: id,
        stored_at: new Date(),
        stored_by: 'u1',
      })
      .execute();
  });
}

/** Stores a file, then its rows in parts, and last the one transaction that makes the import take effect. */
async function bringIn(
  store: Store,
  blobs: Blobs,
  client: ClientId,
  id: string,
  random: () => number,
): Promise<void> {
  const bytes = Buffer.from(`${id} ${'row '.repeat(Math.floor(random() * 20_000))}`);
  const { sha256 } = await blobs.put(one(bytes), { maxBytes: 1e6 });
  await store.write([client], (tx) =>
    tx
      .insertInto('observations')
      .values({
        id,
        client_id: client,
        kind: 'members',
        provenance: 'import',
        file: `${id}.csv`,
        sha256,
        bytes: bytes.byteLength,
        observed_on: '2026-11-24',
        date_from: 'name',
        complete: true,
        by_hand: false,
        mapping: '{}',
        unmapped: '[]',
        notes: '[]',
        row_count: PARTS,
        rows_digest: sha256,
      })
      .execute(),
  );
  for (let part = 0; part < PARTS; part += 1) {
    await store.write([client], (tx) =>
      tx
        .insertInto('observation_rows')
        .values({ client_id: client, observation_id: id, part, rows: Buffer.from(sha256.repeat(20)) })
        .execute(),
    );
  }
  await store.write([client], async (tx) => {
    await tx
      .insertInto('evidence')
      .values({
        client_id: client,
        sha256,
        name: `${id}.csv`,
        media_type: 'text/csv',
        bytes: bytes.byteLength,
        how: 'import',
        added_by: 'u1',
        added_at: new Date(),
      })
      .execute();
    await tx
      .updateTable('observations')
      .set({ stored_at: new Date(), stored_by: 'u1' })
      .where('client_id', '=', client)
      .where('id', '=', id)
      .execute();
    await count(tx, client, id, 'imports.store', { sha256 });
  });
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
