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

/** Parts from this length on are held as they came; shorter ones are copied together. */
const LONG = 4_096;
const BLOCK = 16 * 1024;

/**
 * What is held of a body. A chunk may be a single byte, which as a part of its own would take a hundred, and keep what it
 * came in: a few megabytes would fill the memory that only the bytes of bodies are counted of.
 */
export class HeldBody {
  readonly #parts: Buffer[] = [];
  #block = Buffer.alloc(0);
  #used = 0;

  add(part: Buffer): void {
    if (part.length >= LONG) {
      this.#close();
      this.#parts.push(part);
      return;
    }
    if (this.#used + part.length > this.#block.length) {
      this.#close();
      this.#block = Buffer.allocUnsafeSlow(BLOCK);
    }
    this.#used += part.copy(this.#block, this.#used);
  }

  /** All of it in order. */
  parts(): readonly Buffer[] {
    this.#close();
    return this.#parts;
  }

  /** The rest of a block goes on being filled behind what is in use. */
  #close(): void {
    if (this.#used === 0) return;
    this.#parts.push(this.#block.subarray(0, this.#used));
    this.#block = this.#block.subarray(this.#used);
    this.#used = 0;
  }
}
