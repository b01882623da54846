import type { ImportState } from '#domain/imports/states.ts';
import { filesOf, type ImportFile } from '#store/imports/files.ts';
import { findImport, type ImportRow } from '#store/imports/imports.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import type { SourceReport } from './source-report.ts';

export type DraftFile = ImportFile<SourceReport>;

/** Finds an import of the client; one that does not exist and one of another client give the same error. */
export async function importOf(
  tx: Tx,
  clientId: string,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ImportRow> {
  const found = await findImport(tx, clientId, id, options);
  if (found === null) throw notFound();
  return found;
}

export function draftFiles(tx: Tx, clientId: string, importId: string): Promise<readonly DraftFile[]> {
  return filesOf<SourceReport>(tx, clientId, [importId]);
}

/** States in which files can be added, removed and described. */
export const CHANGEABLE: readonly ImportState[] = ['collecting', 'preview', 'failed'];

/** Throws if an import cannot be changed (anymore, or at the moment). */
export function requireChangeable(row: ImportRow): void {
  requireOpen(row);
  if (row.state === 'reading')
    throw conflict('The files are being read. Wait until that is done.', {
      by: null,
      at: null,
      version: row.version,
    });
}

/** Throws if an import is over. */
export function requireOpen(row: ImportRow): void {
  switch (row.state) {
    case 'collecting':
    case 'reading':
    case 'preview':
    case 'failed':
      return;
    case 'stored':
      throw conflict(
        `This import was stored by ${row.finishedByName ?? 'someone'} already. Start a new one.`,
        {
          by: row.finishedByName,
          at: row.finishedAt,
          version: row.version,
        },
      );
    case 'canceled':
      throw conflict('This import was canceled. Start a new one.', {
        by: row.finishedByName,
        at: row.finishedAt,
        version: row.version,
      });
  }
}

/** Notifies open pages that an import changed. */
export function announce(services: Pick<Services, 'events'>, clientId: string, id: string): void {
  services.events.publish({ client: clientId, topic: 'imports', id });
}
