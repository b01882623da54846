import { charterSchema } from '#domain/model/charter.ts';
import { journalSchema } from '#domain/model/journal.ts';
import type { LeftOut } from '#domain/model/reading.ts';
import { charterWithoutApprovals, journalWithoutApprovals } from '#domain/model/typed-approvals.ts';
import type { Tx } from '../open.ts';

/** A document as evaluated. */
export interface CountingDocument {
  readonly version: number;
  readonly value: unknown;
  readonly file: string;
  readonly sha256: string;
  readonly lines: Readonly<Record<string, number>>;
  /** Lists with an entry that was omitted because it lacks a key; null: complete. */
  readonly leftOut: readonly LeftOut[] | null;
}

/**
 * Newest version of a client's charter or journal, as evaluated; null: none. Approvals in a file imported before
 * confirmation was required do not count, because anyone may have typed them.
 */
export async function countingDocument(
  tx: Tx,
  clientId: string,
  kind: 'charter' | 'journal',
): Promise<CountingDocument | null> {
  const row = await tx
    .selectFrom('documents')
    .select(['version', 'value', 'file', 'sha256', 'lines', 'left_out as leftOut', 'basis'])
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (row === undefined) return null;
  const { basis, ...document } = row;
  return { ...document, value: withoutUnsignedApprovals(kind, row.value, basis) };
}

/** A stored document without approvals that no signed-in person gave. */
export function withoutUnsignedApprovals(
  kind: 'charter' | 'journal',
  value: unknown,
  basis: string | null,
): unknown {
  if (basis !== null) return value;
  return kind === 'charter'
    ? charterWithoutApprovals(charterSchema.parse(value))
    : journalWithoutApprovals(journalSchema.parse(value));
}

/** Stores the next version of a client's charter or journal. Earlier versions are kept. */
export async function insertDocument(
  tx: Tx,
  document: {
    id: string;
    clientId: string;
    kind: 'charter' | 'journal';
    version: number;
    value: unknown;
    lines: Readonly<Record<string, number>>;
    leftOut?: readonly LeftOut[] | null;
    file: string;
    sha256: string;
    /** null: not from an import. */
    importId: string | null;
    /** The approved draft of this charter. */
    draftId?: string;
    /** draft: approved here · claim: confirmed by a person · bylaw: written by Bylaw for a signed-in person */
    basis: 'draft' | 'claim' | 'bylaw';
    at: Date;
    by: string;
  },
): Promise<void> {
  await tx
    .insertInto('documents')
    .values({
      id: document.id,
      client_id: document.clientId,
      kind: document.kind,
      version: document.version,
      value: JSON.stringify(document.value),
      lines: JSON.stringify(document.lines),
      left_out: document.leftOut?.length ? JSON.stringify(document.leftOut) : null,
      file: document.file,
      sha256: document.sha256,
      import_id: document.importId,
      charter_draft_id: document.draftId ?? null,
      basis: document.basis,
      stored_at: document.at,
      stored_by: document.by,
    })
    .execute();
}
