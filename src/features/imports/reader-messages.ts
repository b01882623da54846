import type { DocumentKind, Kind } from '#domain/model/kinds.ts';
import type { Period } from '#domain/model/period.ts';
import type { SourceReport, StagedReading } from './source-report.ts';

/** Messages to the reading thread: a file, chunk by chunk, and the acknowledgement of the last message. */
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

/** Messages from the thread. All except the last two are acknowledged with `taken` before the next. */
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
