import { randomUUID } from 'node:crypto';
import { findImport, insertImport } from '#store/imports/imports.ts';
import type { Services } from '../../context.ts';
import { notFound, tooLarge } from '../../problems.ts';
import { type AddedFile, addFile } from '../add-file.ts';
import { type ImportContext, programmatic } from '../context.ts';
import { CHANGEABLE } from '../find.ts';
import type { OpenLink } from './open.ts';

/** Total limit per link, so that a leaked URL cannot fill the disk. */
export const LINK_LIMITS = { files: 50, bytes: 300_000_000, fileBytes: 100_000_000 } as const;

interface Sent {
  readonly name: string;
  readonly modified?: string;
  /** null: the sender does not say. */
  readonly length: number | null;
}

interface Load {
  files: number;
  bytes: number;
}

/** Uploads in progress per link in this process, counted in advance, so that many at once cannot exceed the limit. */
const underWay = new WeakMap<Services['store'], Map<string, Load>>();

/** Counts a file as in progress until it was stored or refused. */
async function counting<T>(
  { store }: Services,
  link: string,
  bytes: number,
  take: (others: Load) => Promise<T>,
): Promise<T> {
  const links = underWay.get(store) ?? new Map<string, Load>();
  underWay.set(store, links);
  const load = links.get(link) ?? { files: 0, bytes: 0 };
  links.set(link, load);
  const others = { ...load };
  load.files += 1;
  load.bytes += bytes;
  try {
    return await take(others);
  } finally {
    load.files -= 1;
    load.bytes -= bytes;
    if (load.files === 0) links.delete(link);
  }
}

/**
 * Adds an uploaded file to the open import of its link, or starts one. Nothing is read and nothing takes effect until
 * somebody with the permission reviews and stores the import.
 */
export async function receiveFile(
  services: Services,
  link: OpenLink,
  file: Sent,
  body: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<AddedFile> {
  const context = await programmatic(services, {
    clientId: link.clientId,
    // The sender is unknown, so a document's statements cannot be attributed to anyone here.
    actor: { kind: 'system', userId: `link:${link.id}`, name: 'Someone with a link' },
  });
  if (file.length !== null && file.length > LINK_LIMITS.fileBytes) throw fileTooLarge();
  return counting(services, link.id, file.length ?? LINK_LIMITS.fileBytes, (others) =>
    taken(context, { link, file, others }, body, signal),
  );
}

async function taken(
  context: ImportContext,
  { link, file, others }: { readonly link: OpenLink; readonly file: Sent; readonly others: Load },
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<AddedFile> {
  const id = await importFor(context, link, others);
  return addFile(
    context,
    { import: id, name: file.name, ...(file.modified === undefined ? {} : { modified: file.modified }) },
    limited(body),
    {
      signal,
      within: async (tx, recorder, { name, sha256, bytes }) => {
        const { numUpdatedRows } = await tx
          .updateTable('upload_links')
          .set((eb) => ({
            files: eb('files', '+', 1),
            bytes: eb('bytes', '+', bytes),
            last_used_at: context.now,
          }))
          .where('client_id', '=', link.clientId)
          .where('id', '=', link.id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
        // The link was revoked during the upload.
        if (numUpdatedRows === 0n) throw notFound();
        await recorder.record({
          action: 'imports.use_link',
          subject: { kind: 'upload_link', id: link.id },
          after: { import: id, file: name, sha256, bytes },
        });
      },
    },
  );
}

async function importFor(
  { client, now, actor, change }: ImportContext,
  link: OpenLink,
  others: Load,
): Promise<string> {
  return change(async (tx, recorder) => {
    const row = await tx
      .selectFrom('upload_links')
      .selectAll()
      .where('client_id', '=', client.id)
      .where('id', '=', link.id)
      .where('revoked_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw notFound();
    const isFull = (more: Load) =>
      row.files + more.files >= LINK_LIMITS.files || Number(row.bytes) + more.bytes >= LINK_LIMITS.bytes;
    if (isFull({ files: 0, bytes: 0 }))
      throw tooLarge('This link has reached its limit. Ask the person who sent it for a new one.');
    if (isFull(others))
      throw tooLarge(
        'Other files are still being uploaded through this link. Send this one again once they have arrived.',
      );
    const open = row.import_id === null ? null : await findImport(tx, client.id, row.import_id);
    if (open !== null && (CHANGEABLE.includes(open.state) || open.state === 'reading')) {
      recorder.unchanged();
      return open.id;
    }
    const id = randomUUID();
    await insertImport(tx, { clientId: client.id, id, by: { id: actor.userId, name: actor.name }, now });
    await tx
      .updateTable('upload_links')
      .set({ import_id: id })
      .where('client_id', '=', client.id)
      .where('id', '=', link.id)
      .execute();
    await recorder.record({
      action: 'imports.start',
      subject: { kind: 'import', id },
      after: { link: link.id },
    });
    return id;
  });
}

/** The body up to the link's limit. */
async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > LINK_LIMITS.fileBytes) throw fileTooLarge();
    yield piece;
  }
}

function fileTooLarge() {
  return tooLarge(
    'A file may have up to 100 MB. Export a shorter period, or ask the person who sent the link.',
  );
}
