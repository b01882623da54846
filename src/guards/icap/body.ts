import { IcapProblem } from './problem.ts';
import type { IcapReader } from './reader.ts';

const MAX_LINE = 4_096;
const MAX_TRAILERS = 50;

/** A body in chunks, of which a preview may come first. */
export class IcapBody {
  readonly #reader: IcapReader;
  #left = 0;
  #isFirst = true;
  /** The last chunk was read. In a preview the rest may follow then, once it is asked for. */
  ended = false;
  /** The client said that nothing follows the preview. */
  isWhole = false;

  constructor(reader: IcapReader) {
    this.#reader = reader;
  }

  /** The next bytes; null: there are no more up to the end, or to the end of the preview. */
  async next(): Promise<Buffer | null> {
    if (this.ended) return null;
    if (this.#left === 0) await this.#begin();
    if (this.#left === 0) {
      this.ended = true;
      return null;
    }
    const part = await this.#reader.some(this.#left);
    this.#left -= part.length;
    return part;
  }

  /** What comes after the preview is read from here on. */
  goOn(): void {
    this.ended = false;
    this.#isFirst = true;
  }

  /** Reads where a chunk begins; behind the last one, what follows it. */
  async #begin(): Promise<void> {
    if (!this.#isFirst && (await this.#reader.exactly(2)).toString('latin1') !== '\r\n')
      throw new IcapProblem('bad_request', 'a chunk is longer than it says');
    this.#isFirst = false;
    const line = await this.#reader.line(MAX_LINE);
    const [, size, extensions = ''] = /^([0-9a-f]{1,8})[ \t]*(;.*)?$/iu.exec(line) ?? [];
    if (size === undefined) throw new IcapProblem('bad_request', 'a chunk has no length');
    this.#left = Number.parseInt(size, 16);
    if (this.#left > 0) return;
    this.isWhole = /;\s*ieof\b/iu.test(extensions);
    for (let trailers = 0; (await this.#reader.line(MAX_LINE)) !== ''; trailers += 1)
      if (trailers === MAX_TRAILERS) throw new IcapProblem('too_large', 'too much follows its body');
  }
}
