import type { Tx } from '../open.ts';

/** A file that an import refused or did not recognize, with a kind that it is or may be. */
export interface UnusableRecord {
  readonly kind: string;
  readonly file: string;
  readonly sha256: string;
  readonly is: 'refused' | 'not_placed';
  readonly why: string;
  /** Its content says that it is of another time, such as a plan. */
  readonly ofAnotherTime?: true;
  /** Day from its name or modification time; not recorded by imports of earlier versions. */
  readonly day?: string;
  /** When its import was stored (RFC 3339); omitted: not stored yet. */
  readonly at?: string;
}

/** Number of recent imports whose unusable files are remembered. */
const IMPORTS = 100;

/** Unusable files of a client's stored imports, newest import first, each file once per kind. */
export async function unusableFilesOf(tx: Tx, clientId: string): Promise<readonly UnusableRecord[]> {
  const rows = await tx
    .selectFrom('imports')
    .select(['unusable', 'finished_at'])
    .where('client_id', '=', clientId)
    .where('state', '=', 'stored')
    .where('unusable', 'is not', null)
    .orderBy('finished_at', 'desc')
    .orderBy('id')
    .limit(IMPORTS)
    .execute();
  const all = rows.flatMap(({ unusable, finished_at: at }) =>
    (unusable ?? []).map((one) => (at === null ? one : { ...one, at: at.toISOString() })),
  );
  return [
    ...new Map(all.toReversed().map((one) => [`${one.kind} ${one.sha256}`, one])).values(),
  ].toReversed();
}

/** Stores with an import which of its files do not count. */
export async function keepUnusableFiles(
  tx: Tx,
  clientId: string,
  importId: string,
  files: readonly UnusableRecord[],
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ unusable: JSON.stringify(files) })
    .where('client_id', '=', clientId)
    .where('id', '=', importId)
    .execute();
}
