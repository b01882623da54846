import type { Attestation } from '#domain/model/attestation.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { Journal } from '#domain/model/journal.ts';
import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import type { DocumentOf, Readings } from '#domain/model/reading.ts';
import type { FileReport } from './file-kind.ts';
import type { Unusable } from './folder/documents.ts';

export interface ImportOptions {
  readonly folder: string;
  /** Files that are not in the folder or not recognizable, by kind (`--map kind=file`). */
  readonly map: readonly { readonly kind: Kind | DocumentKind; readonly file: string }[];
  /** Days that files cover, as stated by a person (`--period file=from..to`). */
  readonly periods?: readonly { readonly file: string; readonly period: Period }[];
  /** Fields of columns, by kind and heading (`--map kind.field=column`); null excludes a column. */
  readonly columns?: { readonly [K in Kind]?: Readonly<Record<string, string | null>> };
  readonly charter?: string;
  readonly journal?: string;
  /** The profile in use, which is not recognized again if it is in the folder. */
  readonly profile?: string;
  readonly timezone: string;
  readonly domains: readonly string[];
  readonly today: string;
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

export interface ImportedFolder {
  readonly files: readonly FileReport[];
  readonly readings: Readings;
  readonly charter: DocumentOf<Charter> | null;
  readonly journal: DocumentOf<Journal> | null;
  readonly attestations: readonly Attestation[];
  /** Why a given document cannot be used; verdicts that need it repeat the sentence. */
  readonly unusable: Unusable;
}
