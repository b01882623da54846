import { createReadStream } from 'node:fs';
import type { Services } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { addFile } from './add-file.ts';
import { type ImportContext, programmatic } from './context.ts';
import { importOf } from './find.ts';
import type { KeptPreview } from './preview.ts';
import { finishedReading, readImport } from './read.ts';
import type { Preview } from './shapes.ts';
import { startImport } from './start.ts';
import { storeImport } from './store.ts';
import { pieces } from './uploads.ts';

export interface FileToImport {
  /** Path relative to the folder that it came from, with `/`. */
  readonly name: string;
  /** Content, or where it is. */
  readonly bytes?: Uint8Array;
  readonly path?: string;
  readonly modified?: Date;
}

export interface ImportFiles {
  readonly clientId: string;
  readonly actor: ImportContext['actor'];
  readonly files: readonly FileToImport[];
  /** Provenance of the readings; left out: imported files. */
  readonly provenance?: 'api' | undefined;
  /**
   * `count`: Bylaw wrote the documents itself, so they take effect at once. Left out: they become drafts and claims.
   */
  readonly documents?: 'count' | undefined;
}

/**
 * Imports files in the way a person does: starts an import, adds files, reads and stores them. Throws if they could
 * not be read; refused files are reported in the preview.
 */
export async function importFiles(
  services: Services,
  { clientId, actor, files, provenance, documents }: ImportFiles,
): Promise<{ readonly id: string; readonly stored: boolean; readonly preview: Preview }> {
  const context = await programmatic(services, { clientId, actor });
  const id = await startImport(context);
  for (const file of files)
    await addFile(
      context,
      {
        import: id,
        name: file.name,
        ...(file.modified === undefined ? {} : { modified: file.modified.toISOString() }),
      },
      contentOf(file),
    );
  await readImport(context, id);
  await finishedReading(services, id);
  const row = await context.read((tx) => importOf(tx, clientId, id));
  if (row.state !== 'preview') throw unprocessable(row.problem ?? 'The files could not be read.');
  const { plan: _, ...preview } = row.preview as KeptPreview;
  const { stored } = await storeImport(context, { import: id, facts: preview.facts, provenance, documents });
  return { id, stored, preview };
}

async function* contentOf({ bytes, path, name }: FileToImport): AsyncGenerator<Uint8Array> {
  if (bytes !== undefined) yield* pieces(bytes);
  else if (path !== undefined) yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  else throw new TypeError(`the file ${name} has neither bytes nor a path`);
}
