import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { CheckOutcome } from '#domain/dlp/decision.ts';
import type { HookCall } from '#sources/inference-hook/call.ts';
import type { WebRequest } from '#sources/web-request/gather.ts';

/** What to scan: a call of the inference hook, a sample text, or a proxy's request. */
export type Content =
  | { readonly what: 'call'; readonly bytes: Uint8Array }
  | { readonly what: 'text'; readonly text: string }
  | ({ readonly what: 'request' } & WebRequest);

export type Scan = Content & {
  readonly tuning: DlpTuning;
  /** Key for fingerprints of secrets; null: none are computed. */
  readonly fingerprintKey: string | null;
  /** Deadline in milliseconds since 1970. */
  readonly until: number;
  /** Maximum characters of a call's texts to return if nothing was found; left out: texts never leave the thread. */
  readonly textUpTo?: number;
};

/** Message to the thread: one content to scan. */
export type ToScan = Scan & { readonly id: number };

/** Result. */
export interface Scanned extends CheckOutcome {
  readonly is: 'scanned';
  /** null: it is not a call of the inference hook. */
  readonly call: HookCall | null;
  /** Fingerprints of findings, by rule of credentials that reached its threshold; a limited number. */
  readonly fingerprints: Readonly<Record<string, readonly string[]>>;
  /** Files and parts without text, such as images. */
  readonly unread: number;
  /** Total characters of all texts. */
  readonly characters: number;
  /** If requested: the texts of a call that was scanned completely without findings; null: not returned. */
  readonly text: string | null;
}

export type FromScan =
  | ({ readonly id: number } & (Scanned | { readonly is: 'unreadable' }))
  /** The thread has warmed up and scans the first content as fast as any other. */
  | { readonly is: 'ready' };
