import type { z } from 'zod';
import type { Evidence } from '#domain/model/reading.ts';
import type { Tx } from '#store/open.ts';
import { removedOf } from '#store/retention/removed.ts';
import type { evidenceSchema } from '../shared/control-parts.ts';
import { evidenceWords } from '../shared/words.ts';

type ShownEvidence = z.infer<typeof evidenceSchema>;

/** The file behind a cited fact, or the day on which it was removed by retention. */
export interface FileBehind {
  readonly sha256: string | null;
  readonly removedOn: string | null;
}

/** Finds the stored file behind a cited fact. */
export type ShaOf = (evidence: Evidence) => FileBehind;

/**
 * Reads which files contain a client's evidence. A file is stored under its SHA-256; an attestation need not have one.
 */
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
  const removed = await removedOf(tx, clientId, 'reading');
  const gone = new Map(removed.map(({ kind, name, ofDay, on }) => [`${kind} ${name} ${ofDay}`, on]));
  const exact = new Map(readings.map((row) => [`${row.kind} ${row.file} ${row.observed_on}`, row.sha256]));
  const byFile = new Map([...readings, ...documents].map((row) => [`${row.kind} ${row.file}`, row.sha256]));
  return ({ kind, file, row, observedOn }) => {
    if (kind === 'attestations') return kept(statements[(row ?? 0) - 1]?.evidence_sha ?? null);
    const key = `${kind} ${file} ${observedOn}`;
    const own = exact.get(key);
    if (own !== undefined) return kept(own);
    // A later file with the same name is not the one that was cited.
    const removedOn = gone.get(key);
    if (removedOn !== undefined) return { sha256: null, removedOn };
    return kept(byFile.get(`${kind} ${file}`) ?? null);
  };
}

function kept(sha256: string | null): FileBehind {
  return { sha256, removedOn: null };
}

export function shownEvidence(evidence: Evidence, shaOf: ShaOf): ShownEvidence {
  return {
    kind: evidence.kind,
    kindName: evidenceWords(evidence),
    file: evidence.file,
    row: evidence.row ?? null,
    observedOn: evidence.observedOn,
    says: evidence.says,
    ...shaOf(evidence),
  };
}
