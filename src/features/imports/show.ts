import { fileNamesOf } from '#store/imports/files.ts';
import { changeImport, type ImportRow, listImports } from '#store/imports/imports.ts';
import { removedOf } from '#store/retention/removed.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { removedWords } from '../shared/removed-words.ts';
import { draftFiles, importOf } from './find.ts';
import { type KeptPreview, makePreview } from './preview.ts';
import type { Preview } from './shapes.ts';

/** Maximum number of imports listed; older ones are in the audit log. */
const LISTED = 200;

function shown(row: ImportRow) {
  return {
    id: row.id,
    state: row.state,
    by: row.createdByName,
    at: row.createdAt.toISOString(),
    finishedBy: row.finishedByName,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    problem: row.problem,
    version: row.version,
  };
}

/** The imports of a client with their file names, newest first. */
export async function listOfImports({ client, read }: HandlerContext) {
  return read(async (tx) => {
    const { rows, total } = await listImports(tx, client.id, LISTED);
    const files = Map.groupBy(
      await fileNamesOf(
        tx,
        client.id,
        rows.map(({ id }) => id),
      ),
      ({ importId }) => importId,
    );
    const items = rows.map((row) => {
      const own = files.get(row.id) ?? [];
      return {
        ...shown(row),
        files: own.slice(0, 20).map(({ name }) => name),
        fileCount: own.length,
        bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    });
    return { items, total };
  });
}

/** One import with its files and, once it was read, its preview. */
export async function showImport({ client, read, can }: HandlerContext, id: string) {
  return read(async (tx) => {
    const row = await importOf(tx, client.id, id);
    const files = await draftFiles(tx, client.id, id);
    return {
      ...shown(row),
      files: files.map((file) => ({
        id: file.id,
        name: file.name,
        sha256: file.sha256,
        bytes: file.bytes,
        kind: file.wanted,
        exportedOn: file.exportedOn,
        period: file.period,
        columns: file.columns,
        read: file.state === 'read',
      })),
      can: { write: can('imports.write') },
    };
  });
}

/** The preview against the current state: if facts changed or the day ended since it was made, it is made again. */
export async function showPreview(
  { client, read, services, now }: HandlerContext,
  id: string,
  withProfile: boolean,
): Promise<Preview> {
  const { row, facts } = await read(async (tx) => ({
    row: await importOf(tx, client.id, id),
    facts: Number(
      (
        await tx
          .selectFrom('clients')
          .select('facts_version')
          .where('id', '=', client.id)
          .executeTakeFirstOrThrow()
      ).facts_version,
    ),
  }));
  const kept = row.preview as KeptPreview | null;
  // After an import is over, the preview shows what was stored.
  if (row.state === 'stored' && kept !== null) return kept;
  if (row.state === 'stored') throw unprocessable(await removedPreview(read, client.id, id));
  if (row.state !== 'preview' || kept === null)
    throw unprocessable('There is no preview of this import. Read its files first.');
  const { today } = present(now, client.timezone);
  if (withProfile) return (await makePreview(services, client.id, id, { withProfile })).preview;
  if (kept.facts === facts && kept.today === today) return kept;
  const created = await makePreview(services, client.id, id);
  await services.store.write([client.id], (tx) =>
    changeImport(tx, client.id, id, ['preview'], { preview: created.preview, previewVersion: created.facts }),
  );
  return created.preview;
}

/** Details of an import are shown as long as any of its readings is kept. */
async function removedPreview(read: HandlerContext['read'], clientId: string, id: string): Promise<string> {
  const removed = await read((tx) => removedOf(tx, clientId, 'reading'));
  const last = removed
    .filter(({ importId }) => importId === id)
    .sort((a, b) => b.record - a.record)
    .at(0);
  return last === undefined
    ? 'There is no longer a preview of this import.'
    : removedWords('What this import brought', last);
}
