import type { Charter } from '#domain/model/charter.ts';
import { readForeign, refusing } from '../foreign/index.ts';

/** A charter as the YAML kept as evidence, with the line of each key. */
export interface CharterDocument {
  /** Identifies the charter from which it was written. */
  readonly of: string;
  readonly text: string;
  readonly value: Charter;
  readonly lines: Readonly<Record<string, number>>;
}

/**
 * Thrown when a charter is to be put in force and its text is not ready. Writing a large one is slow, so it is done in
 * a thread outside the transaction, which is then run again with the text.
 */
export class NotWritten extends Error {
  readonly of: string;
  readonly charter: Charter;
  readonly heading: readonly string[];

  constructor(charter: Charter, heading: readonly string[]) {
    super('The text of the charter was not written yet.');
    this.charter = charter;
    this.heading = heading;
    this.of = JSON.stringify([charter, heading]);
  }
}

export async function writeCharter({ of, charter, heading }: NotWritten): Promise<CharterDocument> {
  return { of, ...(await refusing(readForeign('charterText', { charter, heading }))) };
}
