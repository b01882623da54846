import type { DocumentKind, Kind, Rows } from './kinds.ts';

/** How Bylaw obtained a reading. */
export type Provenance = 'api' | 'import' | 'telemetry' | 'attested';

/** Basis of a reading's date, from strongest to weakest. */
export type DateFrom = 'content' | 'stated' | 'name' | 'saved';

/** Which part of a list a file says it is, such as rows 26 to 58 of 58. */
export interface PageOfList {
  readonly unit: 'rows' | 'pages';
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

/**
 * A reading of one kind from one file, with all its rows. `observedOn` is a day (YYYY-MM-DD) in the client's time
 * zone.
 */
export interface Reading<K extends Kind = Kind> {
  readonly kind: K;
  readonly file: string;
  readonly sha256: string;
  readonly provenance: Provenance;
  readonly observedOn: string;
  readonly dateFrom: DateFrom;
  readonly rows: readonly Rows[K][];
  /** false: the file is one of several pages, and the others were not given. */
  readonly complete: boolean;
  /** Set only if nothing else makes the file incomplete. Left out: it does not say which page it is. */
  readonly page?: PageOfList;
  /** For logs: first and last day that the file covers, if known. */
  readonly covers?: { readonly from: string; readonly to: string };
  /** Fields without a known column although an unknown column may contain them. Left out: none. */
  readonly asks?: readonly AskedField[];
  /** true: a person assigned this kind to the file, so several files of one day add up. */
  readonly mappedByHand: boolean;
  /** When the file was saved (RFC 3339), to determine which of two sets of figures for one day is later. */
  readonly savedAt?: string;
  /** Day on which it was stored; left out: not known, as for a folder. */
  readonly storedOn?: string;
  /** Time at which it was stored (RFC 3339): of two readings of one day, it shows which is later. */
  readonly storedAt?: string;
}

/** A field without a known column, and the headings of columns that may contain it. */
export interface AskedField {
  /** Name of the field in the kind's rows. */
  readonly field: string;
  readonly columns: readonly string[];
}

export type Readings = { readonly [K in Kind]?: readonly Reading<K>[] };

/** Location of a fact behind a verdict, so that a person can look it up. */
export interface Evidence {
  readonly kind: Kind | DocumentKind | 'plan' | 'catalogue' | 'account_register';
  readonly file: string;
  readonly row?: number;
  readonly observedOn: string;
  /** The fact in a few words, for example "role Owner" or "64 rows". */
  readonly says: string;
}

/** A document written by people, with the line of each key for messages. */
export interface DocumentOf<T> {
  readonly value: T;
  readonly file: string;
  readonly sha256: string;
  /** Line (1-based) by dotted path, for example `connectors.2.actions.read`. */
  readonly lines: Readonly<Record<string, number>>;
  /** Source of a value that is not in `file`, by dotted path: a record made in the console. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Groups and lists from which something was omitted because a key was missing. What it says is not known. */
  readonly leftOut?: readonly LeftOut[];
}

export interface LeftOut {
  /** Dotted path of the group, or of the list with a missing entry. */
  readonly path: string;
  /** One sentence: which key is missing, and what was omitted. */
  readonly says: string;
  /** Line in the file (1-based); null: not known. */
  readonly line: number | null;
}

/** An omission from a document, with its line. */
export function placed({ line, says }: Pick<LeftOut, 'line' | 'says'>): string {
  return line === null ? says : `Line ${line}: ${says}`;
}
