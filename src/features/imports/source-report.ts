import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import type { AskedField, PageOfList } from '#domain/model/reading.ts';
import type { ReadDocument } from '#sources/exports/documents/index.ts';
import type { Mapping, Note } from '#sources/exports/file-kind.ts';

/** A column of a table, for a person to check. */
export interface ColumnReport {
  readonly column: string;
  /** The first non-empty cell; null: all examined cells are empty. */
  readonly first: string | null;
  /** The field that it was recognized as; null: ignored. */
  readonly field: string | null;
  readonly how: Mapping['how'] | null;
}

interface Source {
  /** For a file inside an archive, `archive.zip/inner.csv`. */
  readonly file: string;
  readonly bytes: number;
  /** Empty if the content could not be extracted from its archive. */
  readonly sha256: string;
}

/**
 * What a file of an import, or a file inside it, was recognized as. Kept with the import until it is stored; each
 * reading is one observation, staged with its rows.
 */
export type SourceReport = Source &
  (
    | {
        readonly is: 'reading';
        readonly kind: Kind;
        readonly observation: string;
        readonly byHand: boolean;
        readonly rows: number;
        readonly columns: readonly ColumnReport[];
        /** Fields that a column of this kind can be; empty if it is not a table. */
        readonly fields: readonly string[];
        readonly notes: readonly Note[];
        readonly moreNotes: number;
        /** asked: figures without their days · given: a person stated them. Left out: neither. */
        readonly period?: 'asked' | 'given';
        /** Hash of what is stored instead of the file itself. Left out: the file is stored. */
        readonly keptInPlace?: true;
      }
    | {
        readonly is: 'document';
        readonly kind: DocumentKind;
        readonly read: ReadDocument | null;
        readonly problem: Problem | null;
      }
    | {
        readonly is: 'malformed';
        readonly kind: Kind | null;
        readonly problem: Problem;
        /** Day by its name or file time; missing in reports of earlier versions. */
        readonly day?: string;
        /** For a table, so that a person can state what an unrecognized column contains. */
        readonly columns?: readonly ColumnReport[];
        readonly fields?: readonly string[];
      }
    | {
        readonly is: 'not_placed';
        readonly why: string;
        /** false: it cannot contain a list, such as an image. */
        readonly askable: boolean;
        readonly maybe: readonly Kind[];
        /** By its own content it is about another time, such as a plan. */
        readonly ofAnotherTime?: true;
        readonly day?: string;
      }
    | { readonly is: 'ignored'; readonly why: string }
  );

export interface Problem {
  readonly message: string;
  readonly row: number | null;
  readonly column: string | null;
}

/** What the thread sends about a reading before its rows. */
export interface StagedReading {
  readonly id: string;
  readonly kind: Kind;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly modified: string | null;
  readonly contentDay: string | null;
  readonly complete: boolean;
  readonly page: PageOfList | null;
  readonly covers: { readonly from: string; readonly to: string } | null;
  readonly asks: readonly AskedField[];
  readonly byHand: boolean;
  readonly mapping: readonly Mapping[];
  readonly unmapped: readonly string[];
  readonly notes: readonly Note[];
  readonly rowCount: number;
  readonly rowsDigest: string;
}
