import type { ColumnType, Generated } from 'kysely';
import type { LeftOut } from '#domain/model/reading.ts';
import type { UnusableRecord } from '../imports/unusable.ts';
import type { ClientStatus } from '../verdicts/fleet.ts';
import type { Bytes, Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** What was brought and what happened: clients, files, what they say, the audit log. */
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
    /** The exact text that was hashed; every other column repeats a part of it for filtering. */
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
    /** Counts up with every fact that a verdict may rest on. */
    facts_version: Generated<number>;
    decided_version: Generated<number>;
    /** Day in the client's zone that the verdicts were decided for. */
    decided_day: string | null;
    decided_at: MaybeInstant;
    catalogue_digest: string | null;
    /** Counts and the most urgent verdict of the last decision, for lists over many clients. */
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
    /** How it came: import, attestation, upload, report. */
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
    /** facts_version that the preview was made against. */
    preview_version: number | null;
    /** Files that were refused or not placed, by kind; null: none were. */
    unusable: MaybeJson<readonly UnusableRecord[]>;
    version: Generated<number>;
    /** The process that reads it, while it is read. */
    reader: string | null;
    /** By the database's clock; past: the process is gone. */
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
    /** What a person says it is: a kind, a document, `evidence`, `left_out`; null: what its content shows. */
    wanted: string | null;
    /** Day on which a person says it was exported. */
    exported_on: string | null;
    /** As a person wrote it, 2026-10-01..2026-10-31 or one day. */
    period: Generated<string | null>;
    columns: MaybeJson<Record<string, string | null>>;
    /** uploaded, read, refused */
    state: string;
    reports: MaybeJson<unknown>;
    /** Who added it; null: before this was kept. */
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
    /** Day of the reading as it was dated when stored. */
    observed_on: string;
    date_from: string;
    complete: boolean;
    covers: MaybeJson<{ from: string; to: string }>;
    /** null: there are none, or it was stored before this was kept. */
    asks: ColumnType<{ field: string; columns: string[] }[] | null, string | null | undefined, string | null>;
    by_hand: boolean;
    mapping: Json<unknown>;
    unmapped: Json<string[]>;
    notes: Json<unknown>;
    row_count: number;
    /** SHA-256 of the normalized rows: two files that say the same have the same one. */
    rows_digest: string;
    /** null while its import is not stored; such a row is not a fact. */
    stored_at: MaybeInstant;
    stored_by: string | null;
    /** While it is set aside and not put back, it is no fact. */
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
    /** Deflated JSON list of rows. */
    rows: Bytes;
  };
  documents: {
    id: string;
    client_id: string;
    kind: 'charter' | 'journal';
    version: number;
    value: Json<unknown>;
    lines: Json<Record<string, number>>;
    /** Lists of which an entry that lacks a key was left out; null: it is whole. */
    left_out: ColumnType<LeftOut[] | null, string | null | undefined, string | null>;
    file: string;
    sha256: string;
    import_id: string | null;
    /** The draft that was approved as this charter; null: it came with an import. */
    charter_draft_id: ColumnType<string | null, string | null | undefined, string | null>;
    /** What it counts by; null: it came with a file before anyone had to confirm it, so no approval in it counts. */
    basis: 'draft' | 'claim' | 'bylaw' | null;
    stored_at: Instant;
    stored_by: string;
  };
  /** Files with content of conversations that are attached to incidents, each encrypted with a key of its own. */
  content_files: {
    client_id: string;
    id: string;
    incident_id: string;
    name: string;
    /** Of the file as it was attached, as is `sha256`. */
    bytes: number;
    sha256: string;
    /** Of the encrypted file, which is its address on the disk; null: it is gone. */
    blob_sha256: string | null;
    /** Its key, locked with that of the client's texts; null: it is gone. */
    locked: string | null;
    /** Last day, in the client's zone. */
    until_day: string;
    added_by: string;
    added_by_name: string;
    added_at: Instant;
    /** When its key was destroyed; this and what follows is null while it is kept. */
    removed_at: MaybeInstant;
    removed_by_name: string | null;
    /** One of `CONTENT_GONE`. */
    removed_why: string | null;
  };
  text_openings: {
    client_id: string;
    id: string;
    /** Number of the event in the log; null: an attached file is to be opened. */
    seq: number | null;
    /** Id of the attached file; null: the text of an event is to be opened. */
    content_file_id: string | null;
    /** The incident for which it is opened; null: asked before each needed one, and it is opened no more. */
    incident_id: string | null;
    reason: string;
    asked_by: string;
    asked_by_name: string;
    asked_at: Instant;
    /** What each said; `as` is how the charter names them. */
    answers: Json<{ by: string; byName: string; as: string; agree: boolean; at: string }[]>;
    version: Generated<number>;
  };
  /** What a file states and nobody with the right has confirmed yet, and what became of it. No verdict reads it. */
  claims: {
    client_id: string;
    id: string;
    /** attestation or journal */
    kind: 'attestation' | 'journal';
    control_id: string | null;
    value: Json<unknown>;
    lines: Json<Record<string, number>>;
    /** As of the document that it becomes. */
    left_out: ColumnType<LeftOut[] | null, string | null | undefined, string | null>;
    file: string;
    sha256: string;
    /** File that a statement names as proof. */
    evidence_sha: string | null;
    import_id: string | null;
    /** Who said so, as typed into the file; null: it names nobody. */
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
