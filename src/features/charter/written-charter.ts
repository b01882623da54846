import type { Charter } from '#domain/model/charter.ts';
import { readForeign, refusing } from '../foreign/index.ts';

/** A charter as the YAML that becomes evidence, with the line of each key. */
export interface CharterDocument {
  /** What it was written of. */
  readonly of: string;
  readonly text: string;
  readonly value: Charter;
  readonly lines: Readonly<Record<string, number>>;
}

/**
 * A charter is to be put in force whose text was not written yet. Writing takes its time with a large one, so it is done
 * in a thread, and outside of the transaction that needs it: that one begins again with the text.
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
