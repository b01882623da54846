import type { UnreadReason } from '../../domain/dlp/unread.ts';

/** Maximum file size in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Maximum total unpacked bytes per file. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Maximum files within a file. */
const MAX_FILES = 2_000;
/** Maximum nesting of archives. */
export const MAX_DEPTH = 4;
/** Maximum compression ratio of parts larger than a megabyte. Text reaches fifty at most. */
const MAX_RATIO = 250;
const RATIO_FROM = 1024 * 1024;

/** Why something cannot be read. */
export class Unreadable extends Error {
  readonly why: UnreadReason;
  constructor(why: UnreadReason) {
    super(why);
    this.why = why;
  }
}

/** Remaining budget for a file and everything packed in it. */
export class Budget {
  readonly stop: () => boolean;
  #bytes = MAX_UNPACKED;
  #files = MAX_FILES;

  constructor(stop: () => boolean) {
    this.stop = stop;
  }

  /** Bytes that a part of this packed size may still unpack to. */
  room(packed: number): number {
    return Math.min(this.#bytes, Math.max(RATIO_FROM, packed * MAX_RATIO));
  }

  unpacked(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Counts characters that a file repeats by reference. Throws if they exceed what may be unpacked. */
  repeated(characters: number): void {
    this.#bytes -= characters;
    if (this.#bytes < 0) throw new Unreadable('expands');
  }

  /** Counts a file. Throws if there are too many, or time is up. */
  file(): void {
    this.#files -= 1;
    if (this.#files < 0) throw new Unreadable('too_many');
    this.inTime();
  }

  inTime(): void {
    if (this.stop()) throw new Unreadable('time');
  }
}
