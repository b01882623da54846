import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import type { SourceReport, StagedReading } from './source-report.ts';

/** What goes to the reading thread: one file, piece by piece, and the word that the last message was dealt with. */
export type ToReader =
  | {
      readonly is: 'file';
      readonly name: string;
      readonly bytes: number;
      readonly modified: string;
      readonly saved: string | null;
      readonly wanted: Kind | DocumentKind | null;
      readonly columns: Readonly<Record<string, string | null>> | null;
      readonly period: Period | null;
      readonly environment: {
        readonly timezone: string;
        readonly domains: readonly string[];
        readonly today: string;
      };
    }
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'whole' }
  | { readonly is: 'taken' };

/** What comes back. All but the last two wait for `taken` before anything follows. */
export type FromReader =
  | { readonly is: 'reading'; readonly reading: StagedReading }
  | {
      readonly is: 'rows';
      readonly observation: string;
      readonly part: number;
      readonly rows: Uint8Array;
    }
  | { readonly is: 'inner'; readonly file: string; readonly bytes: Uint8Array }
  | { readonly is: 'done'; readonly reports: readonly SourceReport[] }
  | { readonly is: 'failed'; readonly message: string };
