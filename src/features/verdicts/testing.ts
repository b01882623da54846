import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import type { Kind } from '#domain/model/kinds.ts';
import type { DocumentOf, Reading } from '#domain/model/reading.ts';
import { importFolder } from '#sources/exports/import-folder.ts';
import type { Store } from '#store/open.ts';

/** The sandbox association's files: in a test, a client with everything in it. */
export const ASSOCIATION = fileURLToPath(new URL('../../../sandbox/association/', import.meta.url));

export interface StoredFacts {
  /** Id of the import that brought them. */
  readonly importId: string;
}

export interface StoreFactsOptions {
  readonly store: Store;
  readonly clientId: string;
  readonly now: Date;
  /** Who stores: id of a user, or a name. */
  readonly by?: string;
  /** Folder of files; the sandbox association's unless named. */
  readonly folder?: string;
  /** Files by name, instead of a folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly timezone?: string;
  readonly domains?: readonly string[];
  /** Kinds that someone chose by hand, which says that the file is all of its list. */
  readonly map?: readonly { readonly kind: Kind; readonly file: string }[];
}

/**
 * For tests: reads files as an import does and stores what they say as a client's facts, dated as they stand. The next
 * `ensureCurrent` or `refresh` decides from them.
 */
export async function storeFacts(options: StoreFactsOptions): Promise<StoredFacts> {
  const { store, clientId, now, by = 'Dana Whitlock' } = options;
  const folder =
    options.files === undefined ? (options.folder ?? ASSOCIATION) : await written(options.files, now);
  const found = await importFolder({
    folder,
    map: options.map ?? [],
    timezone: options.timezone ?? 'America/New_York',
    domains: options.domains ?? ['alder.example.org'],
    today: now.toISOString().slice(0, 10),
  });
  if (options.files !== undefined) await rm(folder, { recursive: true });
  const importId = randomUUID();
  await store.write([clientId], async (tx) => {
    await tx
      .insertInto('imports')
      .values({
        id: importId,
        client_id: clientId,
        state: 'stored',
        created_by: by,
        created_at: now,
        finished_by: by,
        finished_at: now,
        problem: null,
        preview: null,
        preview_version: null,
      })
      .execute();
    for (const reading of Object.values(found.readings).flat() as Reading[]) {
      const id = randomUUID();
      const text = JSON.stringify(reading.rows);
      await tx
        .insertInto('observations')
        .values({
          id,
          client_id: clientId,
          import_id: importId,
          kind: reading.kind,
          provenance: reading.provenance,
          file: reading.file,
          sha256: reading.sha256,
          bytes: text.length,
          modified: null,
          content_day: reading.observedOn,
          observed_on: reading.observedOn,
          date_from: reading.dateFrom,
          complete: reading.complete,
          covers: reading.covers === undefined ? null : JSON.stringify(reading.covers),
          by_hand: reading.mappedByHand,
          mapping: '[]',
          unmapped: '[]',
          notes: '[]',
          row_count: reading.rows.length,
          rows_digest: createHash('sha256').update(text).digest('hex'),
          stored_at: now,
          stored_by: by,
        })
        .execute();
      await tx
        .insertInto('observation_rows')
        .values({ client_id: clientId, observation_id: id, part: 0, rows: deflateSync(text) })
        .execute();
    }
    for (const kind of ['charter', 'journal'] as const) {
      const document: DocumentOf<unknown> | null = found[kind];
      if (document === null) continue;
      const versions = await tx
        .selectFrom('documents')
        .select((eb) => eb.fn.max('version').as('last'))
        .where('client_id', '=', clientId)
        .where('kind', '=', kind)
        .executeTakeFirst();
      await tx
        .insertInto('documents')
        .values({
          id: randomUUID(),
          client_id: clientId,
          kind,
          version: (versions?.last ?? 0) + 1,
          value: JSON.stringify(document.value),
          lines: JSON.stringify(document.lines),
          file: document.file,
          sha256: document.sha256,
          import_id: importId,
          basis: 'bylaw',
          stored_at: now,
          stored_by: by,
        })
        .execute();
    }
    for (const attestation of found.attestations) {
      await tx
        .insertInto('attestations')
        .values({
          id: randomUUID(),
          client_id: clientId,
          control_id: attestation.control,
          holds: attestation.holds,
          seen: attestation.seen,
          attested_by: attestation.by,
          note: attestation.note ?? null,
          evidence_sha: null,
          expires: attestation.expires ?? null,
          import_id: importId,
          created_by: by,
          created_at: now,
          withdrawn_by: null,
          withdrawn_at: null,
          withdrawn_reason: null,
        })
        .execute();
    }
    await tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute();
  });
  return { importId };
}

/** A folder of these files, saved at that time. */
async function written(files: Readonly<Record<string, string>>, now: Date): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-facts-'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
    await utimes(join(folder, name), now, now);
  }
  return folder;
}
