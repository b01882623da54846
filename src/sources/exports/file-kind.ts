import type { DocumentKind, Kind, Rows } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import type { AskedField, DateFrom } from '#domain/model/reading.ts';

/** One cell as read: text from CSV; XLSX also gives numbers, dates (as YYYY-MM-DD or RFC 3339 text) and booleans. */
export type Cell = string | number | boolean | null;

export interface TableRow {
  /** Line of the text file or row of the sheet, 1-based, as a spreadsheet shows it. */
  readonly row: number;
  readonly cells: readonly Cell[];
  /** Whoever opens the workbook does not see it. */
  readonly hidden?: true;
}

/** A table with its heading found; rows above the heading are left out. */
export interface Table {
  readonly sheet: string | null;
  readonly headingRow: number;
  readonly columns: readonly string[];
  /** Every row. For a long text file these are read when first asked for; `each` reads them without keeping them. */
  readonly rows: readonly TableRow[];
  /** The lines above the heading, for example "Report generated 24 Nov 2026". */
  readonly title?: readonly string[];
  /** The first few hundred rows, enough to recognize a table by; `rows` where a table does not set it. */
  readonly first?: readonly TableRow[];
  /** Visits every row from the first without holding them in memory. `rows` where a table does not set it. */
  readonly each?: (visit: (row: TableRow) => void) => void;
  /**
   * The last row, where it ends early and without a line break although every other row has each of its cells: the file
   * was cut off while it was saved. Known once every row was visited; left out where a form of file cannot tell.
   */
  readonly brokenRow?: () => { readonly row: number; readonly cells: number } | null;
}

/** A sheet that could not be read, or that is of no known kind. */
export interface UnreadSheet {
  readonly sheet: string;
  /** Cells of its fullest row. */
  readonly width: number;
  /** Every row, what would be its heading first. */
  readonly rows: readonly (readonly Cell[])[];
}

/** What a file holds once bytes are decoded, before anyone decides what it is about. */
export type Content =
  | {
      readonly form: 'table';
      readonly tables: readonly Table[];
      /** Sheets beside them of which nothing was taken. Left out: there are none. */
      readonly unread?: readonly UnreadSheet[];
    }
  | {
      readonly form: 'json';
      readonly value: unknown /** Line of each top-level list item, where known. */;
      readonly text: string;
    }
  | {
      readonly form: 'yaml';
      readonly value: unknown;
      readonly lines: Readonly<Record<string, number>>;
      readonly text: string;
    }
  | { readonly form: 'text'; readonly text: string }
  /** Any text, line by line, however long it is: what logs are read from. */
  | {
      readonly form: 'lines';
      /** The first few hundred lines, enough to recognize a log by. */
      readonly first: readonly string[];
      /** Visits every line with its number; null: it is longer than a line of any log. */
      readonly each: (visit: (line: string | null, row: number) => void) => void;
      /** Whether the text ends with a line break, or its last line is as long as others; false: it was cut off. */
      readonly endsWhole: boolean;
    };

export interface ParseEnvironment {
  readonly file: string;
  readonly timezone: string;
  readonly domains: readonly string[];
  /** Day of the decision; dates are never read from the clock. */
  readonly today: string;
  /** Columns that a person decided on: the field that a column holds, or null to leave it out. */
  readonly columns?: Readonly<Record<string, string | null>>;
  /** The days that the file covers, by a person's word. It counts only where the content states none. */
  readonly period?: Period;
}

/** What a column was taken for, so that a person can check it. */
export interface Mapping {
  readonly column: string;
  readonly field: string;
  readonly how: 'heading' | 'content' | 'heading and content' | 'position' | 'hand';
}

export interface Note {
  readonly row: number | null;
  readonly column: string | null;
  /** One sentence: what is odd and what was done, for example `"never" is not a date. Stored as empty.` */
  readonly says: string;
}

export interface Parsed<K extends Kind = Kind> {
  readonly kind: K;
  readonly rows: readonly Rows[K][];
  readonly complete: boolean;
  readonly covers?: { readonly from: string; readonly to: string };
  /** Day that the content itself states as its own date; null when it states none. */
  readonly observedOn: string | null;
  readonly mapping: readonly Mapping[];
  readonly unmapped: readonly string[];
  readonly asks?: readonly AskedField[];
  readonly notes: readonly Note[];
  /**
   * The text that is kept as evidence in place of the file: one of the same kind with these rows, for the days that it
   * covers. Left out: the file itself is kept.
   */
  readonly keeps?: (covers: Parsed['covers']) => string;
}

/**
 * One kind of file. A folder of kinds is found by the registry `kinds/index.ts`; adding one is adding one file.
 */
export interface FileKind<K extends Kind = Kind> {
  readonly kind: K;
  /** For tables: what a column can be taken for. */
  readonly fields?: readonly string[];
  /** How sure the content is of this kind: 0 no, 1 beyond doubt. `name` (lower case) may add, never decide alone. */
  recognize(content: Content, name: string): number;
  /** Reads the whole content or throws an ImportProblem; never a part of it. */
  parse(content: Content, environment: ParseEnvironment): readonly Parsed[];
}

/**
 * A file that cannot be taken. The message is one sentence for a person: what is wrong and what to do. Where (file,
 * row, column) is added by `toString`.
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
