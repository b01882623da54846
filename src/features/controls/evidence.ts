import type { z } from 'zod';
import type { Evidence } from '#domain/model/reading.ts';
import type { Tx } from '#store/open.ts';
import { kindWords } from '../reports/shared/words.ts';
import type { evidenceSchema } from './contract-parts.ts';

type ShownEvidence = z.infer<typeof evidenceSchema>;

/** Finds the stored file behind a cited fact. */
export type ShaOf = (evidence: Evidence) => string | null;

/** Reads which files a client's evidence stands in. A file is kept under its SHA-256; a statement may have none. */
export async function shasOf(tx: Tx, clientId: string): Promise<ShaOf> {
  const readings = await tx
    .selectFrom('observations')
    .select(['kind', 'file', 'sha256', 'observed_on'])
    .where('client_id', '=', clientId)
    .where('stored_at', 'is not', null)
    .orderBy('stored_at')
    .execute();
  const documents = await tx
    .selectFrom('documents')
    .select(['kind', 'file', 'sha256'])
    .where('client_id', '=', clientId)
    .orderBy('version')
    .execute();
  const statements = await tx
    .selectFrom('attestations')
    .select('evidence_sha')
    .where('client_id', '=', clientId)
    .where('withdrawn_at', 'is', null)
    .orderBy('created_at')
    .execute();
  const exact = new Map(readings.map((row) => [`${row.kind} ${row.file} ${row.observed_on}`, row.sha256]));
  const byFile = new Map([...readings, ...documents].map((row) => [`${row.kind} ${row.file}`, row.sha256]));
  return ({ kind, file, row, observedOn }) =>
    kind === 'attestations'
      ? (statements[(row ?? 0) - 1]?.evidence_sha ?? null)
      : (exact.get(`${kind} ${file} ${observedOn}`) ?? byFile.get(`${kind} ${file}`) ?? null);
}

export function shownEvidence(evidence: Evidence, shaOf: ShaOf): ShownEvidence {
  return {
    kind: evidence.kind,
    kindName: kindWords(evidence.kind),
    file: evidence.file,
    row: evidence.row ?? null,
    observedOn: evidence.observedOn,
    says: evidence.says,
    sha256: shaOf(evidence),
  };
}
