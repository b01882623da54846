/**
 * Finds many words in one pass over a text, without regard to case of ASCII letters. It looks at two characters at a
 * time and skips what cannot be in any word (Wu and Manber's way), at the least common three characters of each word.
 */
export class KeywordFinder {
  private readonly fold = new Uint8Array(65_536);
  private readonly shift: Uint8Array;
  private readonly at: readonly (readonly Anchored[])[];

  /** `words`: of three characters or more. */
  constructor(words: readonly string[]) {
    const anchored = words.map((word, index) => anchor(word.toLowerCase(), index));
    let classes = 0;
    for (const { word } of anchored)
      for (let n = 0; n < word.length; n += 1) {
        const code = word.charCodeAt(n);
        if (this.fold[code] !== 0) continue;
        classes += 1;
        this.fold[code] = classes;
        if (code >= 97 && code <= 122) this.fold[code - 32] = classes;
      }
    if (classes > 63) throw new RangeError('keywords use more than 63 different characters');
    this.shift = new Uint8Array(4_096).fill(SKIP);
    const at: Anchored[][] = [];
    for (const one of anchored) {
      const block = (n: number) =>
        ((this.fold[one.word.charCodeAt(n)] ?? 0) << 6) | (this.fold[one.word.charCodeAt(n + 1)] ?? 0);
      const first = block(one.offset);
      this.shift[first] = Math.min(this.shift[first] ?? SKIP, 1);
      const last = block(one.offset + 1);
      this.shift[last] = 0;
      at[last] = [...(at[last] ?? []), one];
    }
    this.at = at;
  }

  /** Calls `found` with the number of each word and where it begins, from left to right by the anchors of the words. */
  each(text: string, from: number, to: number, found: (word: number, start: number) => void): void {
    const { fold, shift, at } = this;
    let i = from + 2;
    while (i < to) {
      const block = ((fold[text.charCodeAt(i - 1)] as number) << 6) | (fold[text.charCodeAt(i)] as number);
      const skip = shift[block] as number;
      if (skip > 0) {
        i += skip;
        continue;
      }
      for (const one of at[block] ?? []) {
        const start = i - 2 - one.offset;
        if (start >= 0 && this.same(text, start, one.word)) found(one.index, start);
      }
      i += 1;
    }
  }

  private same(text: string, start: number, word: string): boolean {
    for (let n = 0; n < word.length; n += 1)
      if (this.fold[text.charCodeAt(start + n)] !== this.fold[word.charCodeAt(n)]) return false;
    return true;
  }
}

/** Windows of three characters, looked at in blocks of two. */
const SKIP = 2;

interface Anchored {
  readonly word: string;
  readonly index: number;
  /** Where in the word its least common three characters begin. */
  readonly offset: number;
}

/** Letters of English text from the commonest on. */
const COMMON = 'etaoinshrdlucmfwypvbgkjqxz';

function anchor(word: string, index: number): Anchored {
  if (word.length < 3) throw new RangeError(`the keyword "${word}" is shorter than three characters`);
  const weight = (code: number) => {
    const place = COMMON.indexOf(String.fromCharCode(code));
    return place === -1 ? (code === 32 ? 30 : 1) : 26 - place;
  };
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let offset = 0; offset <= word.length - 3; offset += 1) {
    const total = weight(word.charCodeAt(offset + 1)) * weight(word.charCodeAt(offset + 2));
    if (total < least) {
      least = total;
      best = offset;
    }
  }
  return { word, index, offset: best };
}
