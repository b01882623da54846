import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import type { AskedField } from '#domain/model/reading.ts';
import type { ReadDocument } from '#sources/exports/documents/index.ts';
import type { Mapping, Note } from '#sources/exports/file-kind.ts';

/** One column of a table, for a person to check. */
export interface ColumnReport {
  readonly column: string;
  /** The first cell that is not empty; null where all looked at are. */
  readonly first: string | null;
  /** What it was taken for; null: left out. */
  readonly field: string | null;
  readonly how: Mapping['how'] | null;
}

interface Source {
  /** For a file inside an archive, `archive.zip/inner.csv`. */
  readonly file: string;
  readonly bytes: number;
  /** Empty where the content could not be taken out of its archive. */
  readonly sha256: string;
}

/**
 * What a file of an import, or a file inside it, was found to be. Kept with the import until it is stored; each reading
 * is one observation, staged with its rows.
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
        /** What a column of this kind can be taken for; empty where it is no table. */
        readonly fields: readonly string[];
        readonly notes: readonly Note[];
        readonly moreNotes: number;
        /** asked: figures without the days that they cover · given: a person said them. Left out: neither. */
        readonly period?: 'asked' | 'given';
        /** The address is that of what is kept in place of the file, which itself is not kept. Left out: the file is. */
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
        /** The day that its name or its saving gives; reports of earlier versions have none. */
        readonly day?: string;
        /** Of a table, so that a person can say what a column holds that could not be read. */
        readonly columns?: readonly ColumnReport[];
        readonly fields?: readonly string[];
      }
    | {
        readonly is: 'not_placed';
        readonly why: string;
        /** false: nothing that a list could be in, such as a picture. */
        readonly askable: boolean;
        readonly maybe: readonly Kind[];
        /** By its own words of another time, as a plan. */
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

/** What the thread hands over of one reading before its rows. */
export interface StagedReading {
  readonly id: string;
  readonly kind: Kind;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly modified: string | null;
  readonly contentDay: string | null;
  readonly complete: boolean;
  readonly covers: { readonly from: string; readonly to: string } | null;
  readonly asks: readonly AskedField[];
  readonly byHand: boolean;
  readonly mapping: readonly Mapping[];
  readonly unmapped: readonly string[];
  readonly notes: readonly Note[];
  readonly rowCount: number;
  readonly rowsDigest: string;
}
