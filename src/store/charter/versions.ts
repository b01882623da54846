import { withoutUnsignedApprovals } from '../imports/documents.ts';
import type { Tx } from '../open.ts';

/** A version of a client's charter, in force or superseded. */
export interface CharterVersion {
  readonly id: string;
  readonly version: number;
  readonly value: unknown;
  readonly lines: Readonly<Record<string, number>>;
  readonly file: string;
  readonly sha256: string;
  /** The approved draft of this version; null: imported. */
  readonly draftId: string | null;
  /** Why it counts; null: imported from a file before approval was required. */
  readonly basis: string | null;
  readonly importId: string | null;
  readonly storedAt: Date;
  readonly storedBy: string;
}

const COLUMNS = [
  'id',
  'version',
  'value',
  'lines',
  'file',
  'sha256',
  'charter_draft_id',
  'basis',
  'import_id',
  'stored_at',
  'stored_by',
] as const;

function documents(tx: Tx, clientId: string) {
  return tx
    .selectFrom('documents')
    .select(COLUMNS)
    .where('client_id', '=', clientId)
    .where('kind', '=', 'charter');
}

type Row = Awaited<ReturnType<ReturnType<typeof documents>['execute']>>[number];

function fromRow(row: Row): CharterVersion {
  return {
    id: row.id,
    version: row.version,
    value: withoutUnsignedApprovals('charter', row.value, row.basis),
    lines: row.lines,
    file: row.file,
    sha256: row.sha256,
    draftId: row.charter_draft_id,
    basis: row.basis,
    importId: row.import_id,
    storedAt: row.stored_at,
    storedBy: row.stored_by,
  };
}

/** All versions of a client's charter, newest first. */
export async function charterVersions(tx: Tx, clientId: string): Promise<CharterVersion[]> {
  return (await documents(tx, clientId).orderBy('version', 'desc').execute()).map(fromRow);
}

/** Newest versions, at most `most`, newest first. */
export async function newestCharters(tx: Tx, clientId: string, most: number): Promise<CharterVersion[]> {
  return (await documents(tx, clientId).orderBy('version', 'desc').limit(most).execute()).map(fromRow);
}

/** The newest version, which is the one in force; null: the client has no charter. */
export async function newestCharter(tx: Tx, clientId: string): Promise<CharterVersion | null> {
  const row = await documents(tx, clientId).orderBy('version', 'desc').executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function charterVersion(
  tx: Tx,
  clientId: string,
  version: number,
): Promise<CharterVersion | null> {
  const row = await documents(tx, clientId).where('version', '=', version).executeTakeFirst();
  return row ? fromRow(row) : null;
}
