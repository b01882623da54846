import type { Socket } from 'node:net';
import { IcapProblem, type IcapRefusal } from './problem.ts';

/** Bytes buffered ahead of what was requested; beyond that, the sender has to wait (backpressure). */
const HIGH = 256 * 1024;
const EMPTY = Buffer.alloc(0);

/** Reads a connection in the units of the protocol, each with a time limit. */
export class IcapReader {
  /** Deadline of the current request, on the clock of `performance`. */
  until = Number.POSITIVE_INFINITY;
  readonly #socket: Socket;
  #held: Buffer = EMPTY;
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    const wake = () => {
      this.#wake?.();
      this.#wake = null;
    };
    socket.on('data', (part: Buffer) => {
      this.#held = this.#held.length === 0 ? part : Buffer.concat([this.#held, part]);
      if (this.#held.length > HIGH) socket.pause();
      wake();
    });
    for (const end of ['end', 'close', 'error'])
      socket.on(end, () => {
        this.#ended = true;
        wake();
      });
  }

  /** Stops reading and releases all buffers. */
  get isOver(): boolean {
    return this.#ended && this.#held.length === 0;
  }

  /** Waits for the first byte; false: the connection ended without one. */
  async begins(): Promise<boolean> {
    while (this.#held.length === 0) if (!(await this.#more())) return false;
    return true;
  }

  /** A head including its final empty line. */
  async head(most: number): Promise<Buffer> {
    return this.#upTo('\r\n\r\n', most);
  }

  /** A head with an announced length. Throws if it ends earlier or later. */
  async headOf(length: number): Promise<Buffer> {
    const head = await this.#upTo('\r\n\r\n', length, 'bad_request');
    if (head.length !== length) throw new IcapProblem('bad_request', 'a head ends before it says');
    return head;
  }

  /** A line without its line break. */
  async line(most: number): Promise<string> {
    const line = await this.#upTo('\r\n', most);
    return line.toString('latin1', 0, line.length - 2);
  }

  async exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; ) {
      const part = await this.some(left);
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 1 ? (parts[0] ?? EMPTY) : Buffer.concat(parts);
  }

  /** Available bytes: at least one, at most `most`. */
  async some(most: number): Promise<Buffer> {
    while (this.#held.length === 0)
      if (!(await this.#more())) throw new IcapProblem('bad_request', 'it stops in the middle');
    return this.#take(Math.min(most, this.#held.length));
  }

  async #upTo(end: string, most: number, refusal: IcapRefusal = 'too_large'): Promise<Buffer> {
    let looked = 0;
    for (;;) {
      const at = this.#held.indexOf(end, looked);
      if (at !== -1 && at + end.length <= most) return this.#take(at + end.length);
      if (at !== -1 || this.#held.length >= most)
        throw new IcapProblem(refusal, `a part without “${JSON.stringify(end)}” is too long`);
      looked = Math.max(0, this.#held.length - end.length + 1);
      if (!(await this.#more())) throw new IcapProblem('bad_request', 'it stops in the middle');
    }
  }

  #take(length: number): Buffer {
    const part = this.#held.subarray(0, length);
    this.#held = length === this.#held.length ? EMPTY : this.#held.subarray(length);
    if (this.#held.length <= HIGH && this.#socket.isPaused()) this.#socket.resume();
    return part;
  }

  /** Waits for more data; false: there is none. Senders that are too slow, or send byte by byte, are cut off. */
  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const left = this.until - performance.now();
    if (left <= 0) throw new IcapProblem('too_slow', 'it takes too long');
    let timer: NodeJS.Timeout | undefined;
    const inTime = await new Promise<boolean>((resolve) => {
      this.#wake = () => resolve(true);
      if (left < Number.POSITIVE_INFINITY) timer = setTimeout(resolve, left, false);
      this.#socket.resume();
    });
    clearTimeout(timer);
    if (!inTime) throw new IcapProblem('too_slow', 'it takes too long');
    return this.#held.length > 0 || !this.#ended;
  }
}
