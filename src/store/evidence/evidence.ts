import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { cadenceRecords } from '../work/cadence.ts';
import { incidentsWithFiles, statementsFromFiles } from './further-uses.ts';

export interface EvidenceRow {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** import, attestation, upload, report, deployment, personal_accounts, usage, review, change, incident, incident_report */
  readonly how: string;
  readonly addedBy: string;
  readonly addedByName: string | null;
  readonly addedAt: Date;
}

function fromRow(row: Selectable<Database['evidence']>): EvidenceRow {
  return {
    sha256: row.sha256,
    name: row.name,
    mediaType: row.media_type,
    bytes: Number(row.bytes),
    how: row.how,
    addedBy: row.added_by,
    addedByName: row.added_by_name,
    addedAt: row.added_at,
  };
}

/** Adds files to a client's evidence; existing ones are unchanged. Returns the hashes of the new ones. */
export async function addEvidence(
  tx: Tx,
  clientId: string,
  rows: readonly EvidenceRow[],
): Promise<ReadonlySet<string>> {
  const distinct = [...new Map(rows.map((row) => [row.sha256, row])).values()];
  if (distinct.length === 0) return new Set();
  const added = await tx
    .insertInto('evidence')
    .values(
      distinct.map((row) => ({
        client_id: clientId,
        sha256: row.sha256,
        name: row.name,
        media_type: row.mediaType,
        bytes: row.bytes,
        how: row.how,
        added_by: row.addedBy,
        added_by_name: row.addedByName,
        added_at: row.addedAt,
      })),
    )
    .onConflict((conflict) => conflict.columns(['client_id', 'sha256']).doNothing())
    .returning('sha256')
    .execute();
  return new Set(added.map(({ sha256 }) => sha256));
}

export async function findEvidence(tx: Tx, clientId: string, sha256: string): Promise<EvidenceRow | null> {
  const row = await tx
    .selectFrom('evidence')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** All evidence files of a client, newest first. */
export async function allEvidence(tx: Tx, clientId: string): Promise<readonly EvidenceRow[]> {
  const rows = await tx
    .selectFrom('evidence')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('added_at', 'desc')
    .orderBy('name')
    .execute();
  return rows.map(fromRow);
}

/** Something that is based on an evidence file. */
export interface EvidenceUse {
  readonly sha256: string;
  readonly what: 'reading' | 'document' | 'attestation' | 'record' | 'incident';
  readonly id: string;
  /** Kind of the reading or document, control of the attestation, task of the record, or code of the incident. */
  readonly of: string;
  /**
   * Day of the reading, or when the document was stored, the attestation seen, the task done or the incident opened.
   */
  readonly on: string;
  readonly detail: string;
}

/** Everything that is based on a client's evidence files, or on one of them. */
export async function evidenceUses(tx: Tx, clientId: string, sha256: string | null): Promise<EvidenceUse[]> {
  const readings = await tx
    .selectFrom('observations')
    .select(['id', 'kind', 'sha256', 'observed_on', 'row_count', 'file'])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .$if(sha256 !== null, (query) => query.where('sha256', '=', sha256 ?? ''))
    .orderBy('observed_on', 'desc')
    .execute();
  const documents = await tx
    .selectFrom('documents')
    .select(['id', 'kind', 'sha256', 'version', 'stored_at', 'file'])
    .where('client_id', '=', clientId)
    .$if(sha256 !== null, (query) => query.where('sha256', '=', sha256 ?? ''))
    .orderBy('version', 'desc')
    .execute();
  const statements = await tx
    .selectFrom('attestations')
    .select(['id', 'control_id', 'evidence_sha', 'evidence_more', 'seen', 'attested_by', 'withdrawn_at'])
    .where('client_id', '=', clientId)
    .where('evidence_sha', 'is not', null)
    .orderBy('seen', 'desc')
    .execute();
  const records = await cadenceRecords(tx, [clientId]);
  return [
    ...readings.map(
      (row): EvidenceUse => ({
        sha256: row.sha256,
        what: 'reading',
        id: row.id,
        of: row.kind,
        on: row.observed_on,
        detail: `${row.row_count} ${row.row_count === 1 ? 'row' : 'rows'} in ${row.file}`,
      }),
    ),
    ...documents.map(
      (row): EvidenceUse => ({
        sha256: row.sha256,
        what: 'document',
        id: row.id,
        of: row.kind,
        on: row.stored_at.toISOString().slice(0, 10),
        detail: `version ${row.version}, ${row.file}`,
      }),
    ),
    ...statements.flatMap((row) =>
      filesOfStatement(row)
        .filter((one) => sha256 === null || one === sha256)
        .map(
          (one): EvidenceUse => ({
            sha256: one,
            what: 'attestation',
            id: row.id,
            of: row.control_id,
            on: row.seen,
            detail: `${row.attested_by}${row.withdrawn_at === null ? '' : ', withdrawn'}`,
          }),
        ),
    ),
    ...records.flatMap((row) =>
      row.evidence
        .filter((one) => sha256 === null || one === sha256)
        .map(
          (one): EvidenceUse => ({
            sha256: one,
            what: 'record',
            id: row.id,
            of: row.task,
            on: row.done_on,
            detail: `${row.done_by_name}${row.withdrawn === null ? '' : ', withdrawn'}`,
          }),
        ),
    ),
    ...(await statementsFromFiles(tx, clientId, sha256)),
    ...(await incidentsWithFiles(tx, clientId, sha256)),
  ];
}

/** SHA-256 of the evidence files of a person's statement, the main one first. */
export function filesOfStatement(row: {
  readonly evidence_sha: string | null;
  readonly evidence_more: readonly string[];
}): readonly string[] {
  return row.evidence_sha === null ? row.evidence_more : [row.evidence_sha, ...row.evidence_more];
}

/**
 * All blob hashes in use, for all clients: evidence, and files of unfinished imports with their contents. Any other
 * blob can be swept.
 */
export async function addressesInUse(tx: Tx): Promise<readonly string[]> {
  const evidence = await tx.selectFrom('evidence').select('sha256').execute();
  const files = await tx
    .selectFrom('import_files as f')
    .innerJoin('imports as i', (join) =>
      join.onRef('i.client_id', '=', 'f.client_id').onRef('i.id', '=', 'f.import_id'),
    )
    .select(['f.sha256', 'f.reports'])
    .where('i.state', 'in', ['collecting', 'reading', 'preview', 'failed'])
    .execute();
  const content = await tx
    .selectFrom('content_files')
    .select('blob_sha256')
    .where('blob_sha256', 'is not', null)
    .execute();
  const inside = files.flatMap(({ reports }) => (Array.isArray(reports) ? reports.flatMap(shaIn) : []));
  const attached = content.flatMap(({ blob_sha256 }) => blob_sha256 ?? []);
  return [...new Set([...evidence, ...files].map(({ sha256 }) => sha256).concat(inside, attached))];
}

function shaIn(report: unknown): string[] {
  return typeof report === 'object' &&
    report !== null &&
    'sha256' in report &&
    typeof report.sha256 === 'string' &&
    report.sha256 !== ''
    ? [report.sha256]
    : [];
}
