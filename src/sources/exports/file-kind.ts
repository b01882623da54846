import type { DocumentKind, Kind, Rows } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import type { AskedField, DateFrom, PageOfList } from '#domain/model/reading.ts';

/** A cell as read: text from CSV; XLSX also has numbers, dates (as YYYY-MM-DD or RFC 3339 text) and booleans. */
export type Cell = string | number | boolean | null;

export interface TableRow {
  /** Line of the text file or row of the sheet, 1-based, as shown by a spreadsheet. */
  readonly row: number;
  readonly cells: readonly Cell[];
  /** Not visible when the workbook is opened. */
  readonly hidden?: true;
  /** Crossed out in the workbook. */
  readonly struck?: true;
}

/** A table with its heading identified; rows above the heading are excluded. */
export interface Table {
  readonly sheet: string | null;
  readonly headingRow: number;
  readonly columns: readonly string[];
  /** All rows. Those of a long text file are read on first access; `each` reads them without keeping them. */
  readonly rows: readonly TableRow[];
  /** The lines above the heading, for example "Report generated 24 Nov 2026". */
  readonly title?: readonly string[];
  /** The first few hundred rows, enough to recognize a table; equals `rows` if a table does not set it. */
  readonly first?: readonly TableRow[];
  /** Visits every row from the first without keeping them in memory. Uses `rows` if a table does not set it. */
  readonly each?: (visit: (row: TableRow) => void) => void;
  /**
   * The last row if it is incomplete and has no line break although all other rows have every cell: the file was
   * truncated while being saved. Known after every row was visited; left out for formats in which this cannot be
   * determined.
   */
  readonly brokenRow?: () => { readonly row: number; readonly cells: number } | null;
}

/** A sheet that could not be read or recognized. */
export interface UnreadSheet {
  readonly sheet: string;
  /** Number of cells in its fullest row. */
  readonly width: number;
  /** All rows; the first would be its heading. */
  readonly rows: readonly (readonly Cell[])[];
}

/** Decoded content of a file, before its kind is recognized. */
export type Content =
  | {
      readonly form: 'table';
      readonly tables: readonly Table[];
      /** Further sheets that were not used. Left out: none. */
      readonly unread?: readonly UnreadSheet[];
    }
  | {
      readonly form: 'json';
      readonly value: unknown /** Line of each top-level list item, if known. */;
      readonly text: string;
    }
  | {
      readonly form: 'yaml';
      readonly value: unknown;
      readonly lines: Readonly<Record<string, number>>;
      readonly text: string;
    }
  | { readonly form: 'text'; readonly text: string }
  /** Text of any length, line by line, as logs are read. */
  | {
      readonly form: 'lines';
      /** The first few hundred lines, enough to recognize a log. */
      readonly first: readonly string[];
      /** Visits every line with its number; null: longer than any log's line. */
      readonly each: (visit: (line: string | null, row: number) => void) => void;
      /** Whether the text ends with a line break, or its last line is as long as others; false: truncated. */
      readonly endsWhole: boolean;
    };

export interface ParseEnvironment {
  readonly file: string;
  readonly timezone: string;
  readonly domains: readonly string[];
  /** Day of the decision; dates are never read from the clock. */
  readonly today: string;
  /** Columns assigned by a person: the field that a column holds, or null to ignore it. */
  readonly columns?: Readonly<Record<string, string | null>>;
  /** The days that the file covers, as stated by a person. Used only if the content states none. */
  readonly period?: Period;
}

/** The field that a column was recognized as, for a person to check. */
export interface Mapping {
  readonly column: string;
  readonly field: string;
  readonly how: 'heading' | 'content' | 'heading and content' | 'position' | 'hand';
}

export interface Note {
  readonly row: number | null;
  readonly column: string | null;
  /** One sentence: the problem and what was done, for example `"never" is not a date. Stored as empty.` */
  readonly says: string;
}

export interface Parsed<K extends Kind = Kind> {
  readonly kind: K;
  readonly rows: readonly Rows[K][];
  readonly complete: boolean;
  /** Which page of the list it says it is, if that alone makes it incomplete. */
  readonly page?: PageOfList;
  readonly covers?: { readonly from: string; readonly to: string };
  /** Day that the content itself states; null: none. */
  readonly observedOn: string | null;
  readonly mapping: readonly Mapping[];
  readonly unmapped: readonly string[];
  readonly asks?: readonly AskedField[];
  readonly notes: readonly Note[];
  /**
   * Text to store as evidence instead of the file: a file of the same kind with these rows, for the days that it
   * covers. Left out: the file itself is stored.
   */
  readonly keeps?: (covers: Parsed['covers']) => string;
}

/** A kind of file. The registry `kinds/index.ts` lists all kinds; to add one, add a file. */
export interface FileKind<K extends Kind = Kind> {
  readonly kind: K;
  /** For tables: fields that a column can be. */
  readonly fields?: readonly string[];
  /**
   * How likely the content is of this kind, from 0 (no) to 1 (certain). `name` (lower case) may add to it, but never
   * decide alone.
   */
  recognize(content: Content, name: string): number;
  /** Reads the whole content or throws an ImportProblem; never returns a part. */
  parse(content: Content, environment: ParseEnvironment): readonly Parsed[];
}

/**
 * A file that cannot be used. The message is one sentence for a person: what is wrong and what to do. `toString` adds
 * where (file, row, column).
 */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
  readonly row: number | null;
  readonly column: string | null;

  constructor(message: string, where: { row?: number | null; column?: string | null } = {}) {
    super(message);
    this.row = where.row ?? null;
    this.column = where.column ?? null;
  }
}

/** What became of one file of the folder. */
export interface FileReport {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /**
   * taken: read and used · replaced: read, but a newer one of its kind counts · malformed: refused as a whole ·
   * not_placed: not recognized · document: profile, charter, journal, attestations · proof: named by an
   * attestation or journal entry · ignored: hidden and system files
   */
  readonly outcome: 'taken' | 'replaced' | 'malformed' | 'not_placed' | 'document' | 'proof' | 'ignored';
  readonly kind: Kind | DocumentKind | null;
  readonly observedOn: string | null;
  readonly dateFrom: DateFrom | null;
  readonly rows: number | null;
  readonly mapping: readonly Mapping[];
  readonly unmapped: readonly string[];
  readonly notes: readonly Note[];
  /** For malformed: the one sentence, with row and column where known. For not_placed: why. */
  readonly problem: string | null;
  /** For malformed and not_placed without a kind: the kinds that it may be, likeliest first. */
  readonly maybe?: readonly Kind[];
  /** For not_placed: by its own words of another time, as a plan. */
  readonly ofAnotherTime?: true;
  /** For malformed and not_placed: the day that its name or its saving gives. */
  readonly unreadDay?: string;
}
