import type { DlpTuning } from '#domain/dlp/compile.ts';
import type { CheckOutcome } from '#domain/dlp/decision.ts';
import type { HookCall } from '#sources/inference-hook/call.ts';

/** To the thread: one call to look through. */
export interface ToScan {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly tuning: DlpTuning;
  /** When it has to be through, in milliseconds since 1970. */
  readonly until: number;
}

/** What came of it. */
export interface Scanned extends CheckOutcome {
  readonly is: 'scanned';
  readonly call: HookCall;
  /** Characters of all texts. */
  readonly characters: number;
}

export type FromScan = { readonly id: number } & (Scanned | { readonly is: 'unreadable' });
