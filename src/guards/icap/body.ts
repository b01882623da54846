import { IcapProblem } from './problem.ts';
import type { IcapReader } from './reader.ts';

const MAX_LINE = 4_096;
const MAX_TRAILERS = 50;

/** A chunked body, possibly starting with a preview. */
export class IcapBody {
  readonly #reader: IcapReader;
  #left = 0;
  #isFirst = true;
  /** The last chunk was read. After a preview, the rest can follow once requested. */
  ended = false;
  /** The client said that the preview is the whole body (`ieof`). */
  isWhole = false;

  constructor(reader: IcapReader) {
    this.#reader = reader;
  }

  /** The next bytes; null: the end of the body, or of the preview. */
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

  /** Continues with the rest after the preview. */
  goOn(): void {
    this.ended = false;
    this.#isFirst = true;
  }

  /** Reads a chunk header; after the last chunk, the trailers. */
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

/** Parts of at least this length are kept as received; shorter ones are copied together. */
const LONG = 4_096;
const BLOCK = 16 * 1024;

/**
 * Buffers a body. A chunk may be a single byte, which as a separate buffer would take a hundred bytes and keep its
 * original buffer alive: a few megabytes could exhaust memory although only body bytes are counted.
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

  /** The whole body, in order. */
  parts(): readonly Buffer[] {
    this.#close();
    return this.#parts;
  }

  /** The rest of a block is filled behind the part in use. */
  #close(): void {
    if (this.#used === 0) return;
    this.#parts.push(this.#block.subarray(0, this.#used));
    this.#block = this.#block.subarray(this.#used);
    this.#used = 0;
  }
}
