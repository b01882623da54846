import type { ColumnType, Generated } from 'kysely';
import type { LeftOut } from '#domain/model/reading.ts';
import type { UnusableRecord } from '../imports/unusable.ts';
import type { ClientStatus } from '../verdicts/fleet.ts';
import type { Bytes, Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** Clients, imported files and their content, and the audit log. */
export interface RecordTables {
  audit_log: {
    client_id: string;
    seq: number;
    at: Instant;
    actor_kind: string;
    actor_id: string | null;
    actor_name: string;
    action: string;
    subject_kind: string;
    subject_id: string | null;
    /** The exact text that was hashed. Every other column repeats part of it for filtering. */
    body: string;
    prev: string;
    hash: string;
  };
  audit_heads: { client_id: string; seq: number; hash: string };
  clients: {
    id: string;
    slug: string;
    name: string;
    profile: Json<unknown>;
    sandbox: Generated<boolean>;
    logo: ColumnType<Uint8Array | null, Uint8Array | null, Uint8Array | null>;
    settings: Json<unknown>;
    /** Incremented with every fact that a verdict may be based on. */
    facts_version: Generated<number>;
    decided_version: Generated<number>;
    /** Day in the client's zone for which verdicts were evaluated. */
    decided_day: string | null;
    decided_at: MaybeInstant;
    catalogue_digest: string | null;
    /** Counts and most urgent verdict of the last evaluation, for lists of many clients. */
    status: MaybeJson<ClientStatus>;
    version: Generated<number>;
    created_at: Instant;
  };
  evidence: {
    client_id: string;
    sha256: string;
    name: string;
    media_type: string;
    bytes: number;
    /** How it was added: import, attestation, upload, report. */
    how: string;
    added_by: string;
    added_by_name: string | null;
    added_at: Instant;
  };
  imports: {
    id: string;
    client_id: string;
    /** collecting, reading, preview, storing, stored, canceled, failed */
    state: string;
    created_by: string;
    created_by_name: string | null;
    created_at: Instant;
    finished_by: string | null;
    finished_by_name: string | null;
    finished_at: MaybeInstant;
    problem: string | null;
    preview: MaybeJson<unknown>;
    /** `facts_version` on which the preview is based. */
    preview_version: number | null;
    /** Files that were refused or not recognized, by kind; null: none. */
    unusable: MaybeJson<readonly UnusableRecord[]>;
    version: Generated<number>;
    /** Process that is reading the import, while it is being read. */
    reader: string | null;
    /** End of the reader's lease, by the database's clock. Once it has passed, the process is gone. */
    reader_until: MaybeInstant;
  };
  import_files: {
    id: string;
    client_id: string;
    import_id: string;
    name: string;
    sha256: string;
    bytes: number;
    modified: string | null;
    /** What a person says the file is: a kind, a document, `evidence` or `left_out`; null: recognized by content. */
    wanted: string | null;
    /** Day of the export as stated by a person. */
    exported_on: string | null;
    /** As typed: 2026-10-01..2026-10-31, or one day. */
    period: Generated<string | null>;
    columns: MaybeJson<Record<string, string | null>>;
    /** uploaded, read, refused */
    state: string;
    reports: MaybeJson<unknown>;
    /** Who added it; null: added before this was recorded. */
    added_by: Generated<string | null>;
    added_by_name: Generated<string | null>;
    created_at: Instant;
  };
  observations: {
    id: string;
    client_id: string;
    import_id: string | null;
    kind: string;
    provenance: string;
    file: string;
    sha256: string;
    bytes: number;
    modified: string | null;
    content_day: string | null;
    /** Day of the reading, as dated when stored. */
    observed_on: string;
    date_from: string;
    complete: boolean;
    /** Which page of a list the file says it is; null: none, or stored before this was recorded. */
    page: MaybeJson<{ unit: 'rows' | 'pages'; from: number; to: number; of: number }>;
    covers: MaybeJson<{ from: string; to: string }>;
    /** null: none, or stored before this was recorded. */
    asks: ColumnType<{ field: string; columns: string[] }[] | null, string | null | undefined, string | null>;
    by_hand: boolean;
    mapping: Json<unknown>;
    unmapped: Json<string[]>;
    notes: Json<unknown>;
    row_count: number;
    /** SHA-256 of the normalized rows, equal for files with the same content. */
    rows_digest: string;
    /** null until its import is stored; until then the row is not a fact. */
    stored_at: MaybeInstant;
    stored_by: string | null;
    /** Not a fact while set aside and not put back. */
    set_aside_at: MaybeInstant;
    set_aside_by: string | null;
    set_aside_by_name: string | null;
    set_aside_reason: string | null;
    put_back_at: MaybeInstant;
    put_back_by_name: string | null;
  };
  observation_rows: {
    client_id: string;
    observation_id: string;
    part: number;
    /** Deflated JSON array of rows. */
    rows: Bytes;
  };
  documents: {
    id: string;
    client_id: string;
    kind: 'charter' | 'journal';
    version: number;
    value: Json<unknown>;
    lines: Json<Record<string, number>>;
    /** Lists with an entry that was omitted because it lacks a key; null: complete. */
    left_out: ColumnType<LeftOut[] | null, string | null | undefined, string | null>;
    file: string;
    sha256: string;
    import_id: string | null;
    /** The approved draft of this charter; null: imported. */
    charter_draft_id: ColumnType<string | null, string | null | undefined, string | null>;
    /** Why it counts; null: imported from a file before confirmation was required, so no approval in it counts. */
    basis: 'draft' | 'claim' | 'bylaw' | null;
    stored_at: Instant;
    stored_by: string;
  };
  /** Files with conversation content attached to incidents, each encrypted with its own key. */
  content_files: {
    client_id: string;
    id: string;
    incident_id: string;
    name: string;
    /** Size of the unencrypted file; `sha256` is its hash. */
    bytes: number;
    sha256: string;
    /** Hash of the encrypted file, its address in the blob store; null: deleted. */
    blob_sha256: string | null;
    /** Key of the file, encrypted with the client's key for texts; null: destroyed. */
    locked: string | null;
    /** Last day, in the client's zone. */
    until_day: string;
    added_by: string;
    added_by_name: string;
    added_at: Instant;
    /** When its key was destroyed. This and the next two fields are null while it is kept. */
    removed_at: MaybeInstant;
    removed_by_name: string | null;
    /** One of `CONTENT_GONE`. */
    removed_why: string | null;
  };
  text_openings: {
    client_id: string;
    id: string;
    /** Sequence number of the event in the log; null: the request is for an attached file. */
    seq: number | null;
    /** Id of the attached file; null: the request is for the text of an event. */
    content_file_id: string | null;
    /** The incident that requires it; null: requested before one was required, and no longer openable. */
    incident_id: string | null;
    reason: string;
    asked_by: string;
    asked_by_name: string;
    asked_at: Instant;
    /** Answers so far; `as` is the role by which the charter names the person. */
    answers: Json<{ by: string; byName: string; as: string; agree: boolean; at: string }[]>;
    version: Generated<number>;
  };
  /** Statements in files that wait for confirmation by an authorized person. No verdict reads them. */
  claims: {
    client_id: string;
    id: string;
    kind: 'attestation' | 'journal';
    control_id: string | null;
    value: Json<unknown>;
    lines: Json<Record<string, number>>;
    /** Same as in `documents`, which it becomes. */
    left_out: ColumnType<LeftOut[] | null, string | null | undefined, string | null>;
    file: string;
    sha256: string;
    /** File that the attestation names as evidence. */
    evidence_sha: string | null;
    import_id: string | null;
    /** Author as typed in the file; null: none. */
    typed_by: string | null;
    state: 'waiting' | 'confirmed' | 'refused' | 'replaced';
    claimed_by: string;
    claimed_by_name: string;
    claimed_at: Instant;
    decided_by: ColumnType<string | null, string | null | undefined, string | null>;
    decided_by_name: ColumnType<string | null, string | null | undefined, string | null>;
    decided_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    decided_reason: ColumnType<string | null, string | null | undefined, string | null>;
    became: ColumnType<string | null, string | null | undefined, string | null>;
  };
}
