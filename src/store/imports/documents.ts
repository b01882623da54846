import type { Tx } from '../open.ts';

/** Stores the next version of a client's charter or journal. Earlier versions stay. */
export async function insertDocument(
  tx: Tx,
  document: {
    id: string;
    clientId: string;
    kind: 'charter' | 'journal';
    version: number;
    value: unknown;
    lines: Readonly<Record<string, number>>;
    file: string;
    sha256: string;
    /** null: it came with no import. */
    importId: string | null;
    /** The draft that was approved as this charter. */
    draftId?: string;
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
      file: document.file,
      sha256: document.sha256,
      import_id: document.importId,
      charter_draft_id: document.draftId ?? null,
      stored_at: document.at,
      stored_by: document.by,
    })
    .execute();
}
