import type { CaughtText } from '#domain/activity/text.ts';
import type { Encoding } from '#sources/otlp/answer.ts';
import type { Attributes, DecodeProblem, Signal, TelemetryRecord } from '#sources/otlp/record.ts';

/** What a thread is to decode. */
export interface ToDecode {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
  /** Whether texts are caught, for a client whose charter lets any be kept. */
  readonly texts: boolean;
}

/** What it answers: slices, each after the one before was taken, and the end. Maps stay the same within one message. */
export type FromDecoder =
  | {
      readonly is: 'slice';
      readonly records: readonly TelemetryRecord[];
      readonly texts: readonly (readonly [Attributes, readonly CaughtText[]])[];
    }
  | { readonly is: 'done'; readonly refused: ReadonlyMap<DecodeProblem, number> }
  | { readonly is: 'unreadable'; readonly message: string };
