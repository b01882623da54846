import type { UnreadReason } from '../../domain/dlp/unread.ts';

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Bytes that all that is packed in a file may unpack to. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Files within a file. */
const MAX_FILES = 2_000;
/** Archives within one another. */
export const MAX_DEPTH = 4;
/** Times its packed size that a part may unpack to, once it is larger than a megabyte. Text packs to a fiftieth at best. */
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

/** What one file may still cost, with all that is packed in it. */
export class Budget {
  readonly stop: () => boolean;
  #bytes = MAX_UNPACKED;
  #files = MAX_FILES;

  constructor(stop: () => boolean) {
    this.stop = stop;
  }

  /** Bytes that may still be unpacked of a part with this packed size. */
  room(packed: number): number {
    return Math.min(this.#bytes, Math.max(RATIO_FROM, packed * MAX_RATIO));
  }

  unpacked(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Counts a file; throws where there were too many, or the time is up. */
  file(): void {
    this.#files -= 1;
    if (this.#files < 0) throw new Unreadable('too_many');
    this.inTime();
  }

  inTime(): void {
    if (this.stop()) throw new Unreadable('time');
  }
}
