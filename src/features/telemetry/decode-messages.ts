import type { CaughtText } from '#domain/activity/text.ts';
import type { Encoding } from '#sources/otlp/answer.ts';
import type { Attributes, DecodeProblem, Signal, TelemetryRecord } from '#sources/otlp/record.ts';

/** Request to the decoding thread. */
export interface ToDecode {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
  /** Whether to return texts, for a client whose charter allows any to be kept. */
  readonly texts: boolean;
}

/**
 * Its answer: slices, each sent after the previous one was acknowledged, and then the end. Maps are shared within a
 * message.
 */
export type FromDecoder =
  | {
      readonly is: 'slice';
      readonly records: readonly TelemetryRecord[];
      readonly texts: readonly (readonly [Attributes, readonly CaughtText[]])[];
    }
  | { readonly is: 'done'; readonly refused: ReadonlyMap<DecodeProblem, number> }
  | { readonly is: 'unreadable'; readonly message: string };
