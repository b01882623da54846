import type { DocumentKind, Kind, Rows } from './kinds.ts';

/** How a reading came to Bylaw. */
export type Provenance = 'api' | 'import' | 'telemetry' | 'attested';

/** What the date of a reading rests on, from strongest to weakest. */
export type DateFrom = 'content' | 'stated' | 'name' | 'saved';

/**
 * One reading of one kind from one file. In the design's words an observation with all its rows.
 * `observedOn` is a day (YYYY-MM-DD) in the client's time zone.
 */
export interface Reading<K extends Kind = Kind> {
  readonly kind: K;
  readonly file: string;
  readonly sha256: string;
  readonly provenance: Provenance;
  readonly observedOn: string;
  readonly dateFrom: DateFrom;
  readonly rows: readonly Rows[K][];
  /** false: the file is one page of several and the others were not given. */
  readonly complete: boolean;
  /** For logs: first and last day that the file can speak for, where it tells. */
  readonly covers?: { readonly from: string; readonly to: string };
  /** Fields that no known column holds while columns are left that may hold them. Left out: there are none. */
  readonly asks?: readonly AskedField[];
  /** true: a person named this file for this kind, so several files of one day add up. */
  readonly mappedByHand: boolean;
  /** When the file was saved (RFC 3339), where that tells which of two sets of figures of one day is the later. */
  readonly savedAt?: string;
  /** Day on which it was stored, where the store keeps it; a folder does not tell. */
  readonly storedOn?: string;
  /** The moment of it (RFC 3339): of two readings of one day it tells which is the later. */
  readonly storedAt?: string;
}

/** A field of a table for which no column is known, and the headings of which one may hold it. */
export interface AskedField {
  /** As in the rows of the kind. */
  readonly field: string;
  readonly columns: readonly string[];
}

export type Readings = { readonly [K in Kind]?: readonly Reading<K>[] };

/** Where a verdict's fact stands, so that a person can open it. */
export interface Evidence {
  readonly kind: Kind | DocumentKind | 'plan' | 'catalogue' | 'account_register';
  readonly file: string;
  readonly row?: number;
  readonly observedOn: string;
  /** The fact in a few words, for example "role Owner" or "64 rows". */
  readonly says: string;
}

/** A document written by people, with the line of each key so that messages can point at it. */
export interface DocumentOf<T> {
  readonly value: T;
  readonly file: string;
  readonly sha256: string;
  /** Line (1-based) per dotted path, for example `connectors.2.actions.read`. */
  readonly lines: Readonly<Record<string, number>>;
  /** Where what stands at a dotted path was written, for what is not in `file`: a record made in the console. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Groups and lists of which something was left out, since a key was missing in it. What that says is not known. */
  readonly leftOut?: readonly LeftOut[];
}

export interface LeftOut {
  /** Dotted path of the group, or of the list that lacks an entry. */
  readonly path: string;
  /** One sentence: which key is missing, and what was left out. */
  readonly says: string;
  /** Line of the file (1-based); null: not known. */
  readonly line: number | null;
}

/** What was left out of a document, with its line. */
export function placed({ line, says }: Pick<LeftOut, 'line' | 'says'>): string {
  return line === null ? says : `Line ${line}: ${says}`;
}
