import type { Insertable, Selectable } from 'kysely';
import { addAct } from '../incidents/incidents.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ContentFileRow = Selectable<Database['content_files']>;

/** What the key of one file is locked for, and each piece of it: moved to another file, they open nowhere. */
export function contentFilePlace({ client_id, id }: Pick<ContentFileRow, 'client_id' | 'id'>): string {
  return `content_files/${client_id}/${id}`;
}

/** Every file with content that was attached for a client, the newest first; those that are gone too. */
export async function contentFiles(tx: Tx, clientId: string): Promise<ContentFileRow[]> {
  return tx
    .selectFrom('content_files')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('added_at', 'desc')
    .orderBy('id')
    .execute();
}

/** `lock` holds it until the transaction ends. */
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

/** Files that are still there, with their incident's person. */
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

/** Why a file with content is gone. */
export const CONTENT_GONE = ['over', 'by_hand', 'key_lost'] as const;

/** What the timeline of the incident says of it. */
const ACTS: Readonly<Record<(typeof CONTENT_GONE)[number], string>> = {
  over: 'content_over',
  by_hand: 'content_destroyed',
  key_lost: 'content_key_lost',
};

/**
 * Destroys the key of a file, so that nobody can open it; what is left of it on the disk is swept. Noted in the timeline of
 * its incident, whoever or whatever destroys it.
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
