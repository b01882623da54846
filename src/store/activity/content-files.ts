import type { Insertable, Selectable } from 'kysely';
import { addAct } from '../incidents/incidents.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ContentFileRow = Selectable<Database['content_files']>;

/**
 * Context to which a file's key and each piece of the file are encrypted: they cannot be decrypted as part of another
 * file.
 */
export function contentFilePlace({ client_id, id }: Pick<ContentFileRow, 'client_id' | 'id'>): string {
  return `content_files/${client_id}/${id}`;
}

/** All content files of a client, newest first, including destroyed ones. */
export async function contentFiles(tx: Tx, clientId: string): Promise<ContentFileRow[]> {
  return tx
    .selectFrom('content_files')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('added_at', 'desc')
    .orderBy('id')
    .execute();
}

/** `lock` locks the row until the transaction ends. */
export async function findContentFile(
  tx: Tx,
  clientId: string,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ContentFileRow | undefined> {
  const query = tx
    .selectFrom('content_files')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

export async function insertContentFile(tx: Tx, row: Insertable<Database['content_files']>): Promise<void> {
  await tx.insertInto('content_files').values(row).execute();
}

/** Files not yet destroyed, with the person of their incident. */
export async function heldContentFiles(
  tx: Tx,
  clientId: string,
): Promise<(ContentFileRow & { readonly person: string | null })[]> {
  return tx
    .selectFrom('content_files as f')
    .innerJoin('incidents as i', (join) =>
      join.onRef('i.client_id', '=', 'f.client_id').onRef('i.id', '=', 'f.incident_id'),
    )
    .selectAll('f')
    .select('i.person')
    .where('f.client_id', '=', clientId)
    .where('f.removed_at', 'is', null)
    .execute();
}

/** Why a content file was destroyed. */
export const CONTENT_GONE = ['over', 'by_hand', 'key_lost'] as const;

/** Act recorded in the incident's timeline. */
const ACTS: Readonly<Record<(typeof CONTENT_GONE)[number], string>> = {
  over: 'content_over',
  by_hand: 'content_destroyed',
  key_lost: 'content_key_lost',
};

/**
 * Destroys the key of a file, so that it can no longer be decrypted; the blob is swept later. Always recorded in the
 * timeline of its incident.
 */
export async function destroyContentFile(
  tx: Tx,
  { client_id, id, incident_id, name }: Pick<ContentFileRow, 'client_id' | 'id' | 'incident_id' | 'name'>,
  gone: {
    readonly at: Date;
    readonly by: { readonly id: string; readonly name: string };
    readonly why: (typeof CONTENT_GONE)[number];
  },
): Promise<void> {
  await tx
    .updateTable('content_files')
    .set({
      locked: null,
      blob_sha256: null,
      removed_at: gone.at,
      removed_by_name: gone.by.name,
      removed_why: gone.why,
    })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .execute();
  await addAct(tx, {
    client_id,
    incident_id,
    act: ACTS[gone.why],
    note: name,
    done_by: gone.by.id,
    done_by_name: gone.by.name,
    done_at: gone.at,
  });
}
