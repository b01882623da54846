import { sql } from 'kysely';
import { filesOfStatement } from '../evidence/evidence.ts';
import type { Tx } from '../open.ts';

/** A stored reading without its rows. */
export interface HeldReading {
  readonly id: string;
  readonly importId: string | null;
  readonly kind: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly observedOn: string;
  readonly complete: boolean;
  readonly covers: { readonly from: string; readonly to: string } | null;
  readonly rows: number;
  readonly storedAt: Date;
  readonly storedBy: string | null;
}

/** A file of a stored import. Files inside an archive belong to the archive. */
export interface HeldFile {
  readonly id: string;
  readonly importId: string;
  readonly name: string;
  readonly sha256: string;
}

export interface HeldReport {
  readonly id: string;
  readonly title: string;
  readonly asOf: string;
  readonly madeAt: Date;
  readonly sha256: string;
  readonly bytes: number;
  /** SHA-256 of its evidence files. */
  readonly restsOn: readonly string[];
}

/** Everything of a client that retention considers, without contents. */
export interface Holdings {
  readonly readings: readonly HeldReading[];
  readonly files: readonly HeldFile[];
  /** Newest first. */
  readonly reports: readonly HeldReport[];
  /** SHA-256 of files that a statement, a document or an open import refers to, or that someone wants to keep. */
  readonly named: ReadonlySet<string>;
  /** Charters and journals with their import, which keep the archive that they came in. */
  readonly documents: readonly { readonly importId: string | null; readonly file: string }[];
  /** Journals and attestations may also refer to their evidence by file name. */
  readonly journals: readonly { readonly file: string; readonly value: unknown }[];
  readonly evidence: readonly {
    readonly sha256: string;
    readonly name: string;
    readonly bytes: number;
    readonly how: string;
    readonly addedAt: Date;
  }[];
}

/** Reads what a client holds. Only that client's rows, whatever the scope. */
export async function holdingsOf(tx: Tx, clientId: string): Promise<Holdings> {
  const readings = await tx
    .selectFrom('observations')
    .select(['id', 'import_id', 'kind', 'file', 'sha256', 'bytes', 'observed_on', 'complete', 'covers'])
    .select(['row_count', 'stored_at', 'stored_by'])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .orderBy('observed_on')
    .orderBy('id')
    .execute();
  const files = await tx
    .selectFrom('import_files as f')
    .innerJoin('imports as i', (join) =>
      join.onRef('i.client_id', '=', 'f.client_id').onRef('i.id', '=', 'f.import_id'),
    )
    .select(['f.id', 'f.import_id', 'f.name', 'f.sha256', 'f.wanted', 'i.state'])
    .where('f.client_id', '=', clientId)
    .where('i.state', '!=', 'canceled')
    .execute();
  const inside = await tx
    .selectFrom('import_files as f')
    .innerJoin('imports as i', (join) =>
      join.onRef('i.client_id', '=', 'f.client_id').onRef('i.id', '=', 'f.import_id'),
    )
    .select('f.reports')
    .where('f.client_id', '=', clientId)
    .where('i.state', 'not in', ['canceled', 'stored'])
    .execute();
  const documents = await tx
    .selectFrom('documents')
    .select(['kind', 'value', 'file', 'sha256', 'import_id'])
    .where('client_id', '=', clientId)
    .execute();
  const statements = await tx
    .selectFrom('attestations')
    .select(['evidence_sha', 'evidence_more'])
    .where('client_id', '=', clientId)
    .where('evidence_sha', 'is not', null)
    .execute();
  const claims = await tx
    .selectFrom('claims')
    .select(['evidence_sha', 'sha256'])
    .where('client_id', '=', clientId)
    .execute();
  const done = await tx
    .selectFrom('cadence_records')
    .select('evidence')
    .where('client_id', '=', clientId)
    .execute();
  const incidents = await tx
    .selectFrom('incident_evidence')
    .select('sha256')
    .where('client_id', '=', clientId)
    .where('sha256', 'is not', null)
    .execute();
  const reports = await tx
    .selectFrom('reports')
    .select(['id', 'title', 'as_of', 'made_at', 'model_sha256', 'rests_on'])
    .select(sql<string>`octet_length(model)`.as('bytes'))
    .where('client_id', '=', clientId)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute();
  const evidence = await tx
    .selectFrom('evidence')
    .select(['sha256', 'name', 'bytes', 'how', 'added_at'])
    .where('client_id', '=', clientId)
    .orderBy('sha256')
    .execute();
  return {
    readings: readings.flatMap((row) =>
      row.stored_at === null
        ? []
        : [
            {
              id: row.id,
              importId: row.import_id,
              kind: row.kind,
              file: row.file,
              sha256: row.sha256,
              bytes: Number(row.bytes),
              observedOn: row.observed_on,
              complete: row.complete,
              covers: row.covers,
              rows: row.row_count,
              storedAt: row.stored_at,
              storedBy: row.stored_by,
            },
          ],
    ),
    files: files
      .filter(({ state }) => state === 'stored')
      .map(({ id, import_id, name, sha256 }) => ({ id, importId: import_id, name, sha256 })),
    reports: reports.map((row) => ({
      id: row.id,
      title: row.title,
      asOf: row.as_of,
      madeAt: row.made_at,
      sha256: row.model_sha256,
      bytes: Number(row.bytes),
      restsOn: row.rests_on,
    })),
    named: new Set([
      ...documents.map(({ sha256 }) => sha256),
      ...statements.flatMap(filesOfStatement),
      ...claims.flatMap(({ evidence_sha, sha256 }) =>
        [evidence_sha ?? '', sha256].filter((one) => one !== ''),
      ),
      ...done.flatMap(({ evidence: files }) => files),
      ...incidents.flatMap(({ sha256 }) => sha256 ?? []),
      ...files
        .filter(({ state, wanted }) => state !== 'stored' || wanted === 'evidence')
        .map(({ sha256 }) => sha256),
      ...inside.flatMap(({ reports: list }) => (Array.isArray(list) ? list.flatMap(addressIn) : [])),
    ]),
    documents: documents.map(({ import_id, file }) => ({ importId: import_id, file })),
    journals: documents.filter(({ kind }) => kind === 'journal').map(({ file, value }) => ({ file, value })),
    evidence: evidence.map(({ added_at, ...row }) => ({
      ...row,
      bytes: Number(row.bytes),
      addedAt: added_at,
    })),
  };
}

function addressIn(report: unknown): string[] {
  return typeof report === 'object' &&
    report !== null &&
    'sha256' in report &&
    typeof report.sha256 === 'string'
    ? [report.sha256]
    : [];
}
