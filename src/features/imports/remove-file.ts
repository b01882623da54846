import { findFile, removeFile } from '#store/imports/files.ts';
import { changeImport } from '#store/imports/imports.ts';
import { notFound } from '../problems.ts';
import type { ImportContext } from './context.ts';
import { announce, CHANGEABLE, importOf, requireChangeable } from './find.ts';
import { unstage } from './unstage.ts';

/** Removes a file from an import that is not stored yet. */
export async function removeImportFile(
  context: ImportContext,
  input: { readonly import: string; readonly file: string },
): Promise<void> {
  const { client } = context;
  const name = await context.change(async (tx, recorder) => {
    const row = await importOf(tx, client.id, input.import, { lock: true });
    requireChangeable(row);
    const file = await findFile(tx, client.id, row.id, input.file);
    if (file === null) throw notFound();
    await removeFile(tx, client.id, row.id, file.id);
    await changeImport(tx, client.id, row.id, CHANGEABLE, { state: 'collecting' });
    await recorder.record({
      action: 'imports.remove_file',
      subject: { kind: 'import', id: row.id, name: file.name },
      before: { name: file.name, sha256: file.sha256 },
    });
    return file.name;
  });
  await unstage(context.services, client.id, input.import, name);
  announce(context.services, client.id, input.import);
}
