import { randomUUID } from 'node:crypto';
import { LIMITS, megabytes } from '#sources/exports/read/limits.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { putFile, sizeOf } from '#store/imports/files.ts';
import { changeImport } from '#store/imports/imports.ts';
import type { Tx } from '#store/open.ts';
import type { Recorder } from '../context.ts';
import { badRequest, tooLarge } from '../problems.ts';
import type { ImportContext } from './context.ts';
import { announce, CHANGEABLE, importOf, requireChangeable } from './find.ts';
import { safeName } from './names.ts';
import { isDisconnect, statedLength } from './uploads.ts';

export interface AddedFile {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** true: it replaced a file with the same name. */
  readonly replaced: boolean;
}

interface NewFile {
  readonly import: string;
  readonly name: string;
  /** Modification time as reported by the browser or folder. */
  readonly modified?: string | undefined;
}

/** Checks and records to make in the transaction that stores the file. */
type Within = (
  tx: Tx,
  recorder: Recorder,
  file: Pick<AddedFile, 'name' | 'sha256' | 'bytes'>,
) => Promise<void>;

/**
 * Adds a file to an import. It is stored completely or not at all: if the sender disconnects, nothing is kept. A file
 * with the same name is replaced.
 */
export async function addFile(
  context: ImportContext,
  input: NewFile,
  body: AsyncIterable<Uint8Array>,
  { signal, within }: { readonly signal?: AbortSignal | undefined; readonly within?: Within } = {},
): Promise<AddedFile> {
  const { client, actor, now, services } = context;
  const name = safeName(input.name);
  const size = await context.read(async (tx) => {
    requireChangeable(await importOf(tx, client.id, input.import));
    return sizeOf(tx, client.id, input.import);
  });
  const stated = statedLength(body);
  if (stated !== null && stated > LIMITS.fileBytes) throw fileTooLarge(name, stated);
  requireRoomInImport(size, stated ?? 0);
  const stored = await store(context, name, body, size, signal);
  if (stored.bytes === 0) throw badRequest(`The file “${shown(name)}” is empty, so it was not accepted.`);
  const id = randomUUID();
  const replaced = await context.change(async (tx, recorder) => {
    const row = await importOf(tx, client.id, input.import, { lock: true });
    requireChangeable(row);
    await within?.(tx, recorder, { name, sha256: stored.sha256, bytes: stored.bytes });
    const put = await putFile(tx, {
      clientId: client.id,
      importId: row.id,
      id,
      name,
      sha256: stored.sha256,
      bytes: stored.bytes,
      modified: savedAt(input.modified, now),
      by: { id: actor.userId, name: actor.name },
      now,
    });
    const held = await sizeOf(tx, client.id, row.id);
    requireRoomInImport({ files: held.files - 1, bytes: held.bytes - stored.bytes }, stored.bytes);
    await changeImport(tx, client.id, row.id, CHANGEABLE, { state: 'collecting', problem: null });
    await recorder.record({
      action: 'imports.add_file',
      subject: { kind: 'import', id: row.id, name },
      before: put.replaced === null ? null : { sha256: put.replaced },
      after: { name, sha256: stored.sha256, bytes: stored.bytes },
    });
    return put.replaced !== null;
  });
  announce(services, client.id, input.import);
  return { id, name, sha256: stored.sha256, bytes: stored.bytes, replaced };
}

async function store(
  { services }: ImportContext,
  name: string,
  body: AsyncIterable<Uint8Array>,
  size: { readonly bytes: number },
  signal: AbortSignal | undefined,
) {
  const maxBytes = Math.min(LIMITS.fileBytes, LIMITS.folderBytes - size.bytes);
  try {
    return await services.blobs.put(body, { maxBytes, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (error instanceof StoreProblem && error.code === 'too_large')
      throw maxBytes < LIMITS.fileBytes ? importFull() : fileTooLarge(name, null);
    if (isDisconnect(error))
      throw badRequest('The connection was lost before the file was complete. Nothing from it was kept.');
    throw error;
  }
}

function requireRoomInImport(size: { readonly files: number; readonly bytes: number }, more: number): void {
  if (size.files >= LIMITS.folderFiles)
    throw tooLarge(`One import takes at most ${LIMITS.folderFiles} files. Store these and start another.`);
  if (size.bytes + more > LIMITS.folderBytes) throw importFull();
}

function importFull() {
  return tooLarge(
    `One import takes at most ${megabytes(LIMITS.folderBytes)}. Store these and start another.`,
  );
}

function fileTooLarge(name: string, bytes: number | null) {
  const size = bytes === null ? `more than ${megabytes(LIMITS.fileBytes)}` : megabytes(bytes);
  return tooLarge(
    `“${shown(name)}” is ${size}. Bylaw accepts files of up to ${megabytes(LIMITS.fileBytes)}. Export a shorter period.`,
  );
}

/** A file cannot have been saved after it arrived; a clock that runs ahead must not make it current for longer. */
function savedAt(modified: string | undefined, now: Date): string | null {
  if (modified === undefined) return null;
  const at = new Date(modified);
  if (Number.isNaN(at.getTime())) return null;
  return (at > now ? now : at).toISOString();
}

function shown(name: string): string {
  return name.length > 120 ? `${name.slice(0, 119)}…` : name;
}
