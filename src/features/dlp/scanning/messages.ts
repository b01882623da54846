import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { CheckOutcome } from '#domain/dlp/decision.ts';
import type { HookCall } from '#sources/inference-hook/call.ts';
import type { WebRequest } from '#sources/web-request/gather.ts';

/** What is looked through: a call of the inference hook, a text that is tried, or a request that a proxy asks about. */
export type Content =
  | { readonly what: 'call'; readonly bytes: Uint8Array }
  | { readonly what: 'text'; readonly text: string }
  | ({ readonly what: 'request' } & WebRequest);

export type Scan = Content & {
  readonly tuning: DlpTuning;
  /** Key that secrets are told apart by; null: none are. */
  readonly fingerprintKey: string | null;
  /** When it has to be through, in milliseconds since 1970. */
  readonly until: number;
  /**
   * Characters up to which the texts of a call are given back where nothing alarming was found in them; left out: they
   * never leave the thread.
   */
  readonly textUpTo?: number;
};

/** To the thread: one content to look through. */
export type ToScan = Scan & { readonly id: number };

/** What came of it. */
export interface Scanned extends CheckOutcome {
  readonly is: 'scanned';
  /** null: it is no call of the inference hook. */
  readonly call: HookCall | null;
  /** By rule of credentials that alarmed, the fingerprints of what it found; a few at most. */
  readonly fingerprints: Readonly<Record<string, readonly string[]>>;
  /** Files and parts without a text, as pictures. */
  readonly unread: number;
  /** Characters of all texts. */
  readonly characters: number;
  /** Where it was asked for: the texts of a call, looked through to the end and with nothing found; null: not given back. */
  readonly text: string | null;
}

export type FromScan =
  | ({ readonly id: number } & (Scanned | { readonly is: 'unreadable' }))
  /** It has begun, and looks through the first content as fast as through any other. */
  | { readonly is: 'ready' };
