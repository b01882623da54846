/** A text made from another one, and where each of its characters was. */
export interface View {
  readonly text: string;
  /** Offset in the original of what begins at an offset of this text. */
  startOf(offset: number): number;
  /** Offset in the original of what ends before an offset of this text. */
  endOf(offset: number): number;
  /** Offset in this text of what is at an offset of the original. */
  within(original: number): number;
}

/** The text itself. */
export const sameText = (text: string): View => ({
  text,
  startOf: (offset) => offset,
  endOf: (offset) => offset,
  within: (original) => original,
});

/** Makes a view from pieces of the original, in order. Only places where the two differ take memory. */
export class ViewBuilder {
  readonly #original: string;
  readonly #parts: string[] = [];
  #length = 0;
  /** Where the original continues without a break; -1: what comes next begins a piece. */
  #expected = -1;
  #end = 0;
  /** Per piece: its offset in the view and in the original, and where the piece before it ends in the original. */
  readonly #at: number[] = [];
  readonly #from: number[] = [];
  readonly #before: number[] = [];
  /** Pieces that stand in place of the original: each is mapped to all that it replaces. */
  readonly #put = new Set<number>();

  constructor(original: string) {
    this.#original = original;
  }

  /** Length of the view so far. */
  get length(): number {
    return this.#length;
  }

  copy(from: number, to: number): void {
    if (from >= to) return;
    if (from !== this.#expected) this.#piece(from);
    this.#parts.push(this.#original.slice(from, to));
    this.#length += to - from;
    this.#expected = to;
    this.#end = to;
  }

  /** Text in place of the original in [from, to). */
  put(text: string, from: number, to: number): void {
    if (text === '') return;
    this.#put.add(this.#at.length);
    this.#piece(from);
    this.#parts.push(text);
    this.#length += text.length;
    this.#expected = -1;
    this.#end = to;
  }

  view(): View {
    this.#piece(this.#end);
    const [at, from, before, put] = [this.#at, this.#from, this.#before, this.#put];
    return {
      text: this.#parts.join(''),
      startOf(offset) {
        const piece = lastUpTo(at, offset);
        return (from[piece] ?? 0) + (put.has(piece) ? 0 : offset - (at[piece] ?? 0));
      },
      endOf(offset) {
        const piece = lastUpTo(at, offset);
        const begin = at[piece] ?? 0;
        if (begin === offset && piece > 0) return before[piece] ?? 0;
        return put.has(piece) ? (before[piece + 1] ?? 0) : (from[piece] ?? 0) + offset - begin;
      },
      within(original) {
        const piece = lastUpTo(from, original);
        const begin = at[piece] ?? 0;
        return Math.min(begin + Math.max(0, original - (from[piece] ?? 0)), at[piece + 1] ?? begin);
      },
    };
  }

  #piece(from: number): void {
    this.#at.push(this.#length);
    this.#from.push(from);
    this.#before.push(this.#end);
  }
}

/** Index of the last number that is at most `most`, in ascending order; 0: none. */
export function lastUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
