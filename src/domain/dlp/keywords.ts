import { literal } from '../text/literal.ts';

/** Calls `found` with each word and its position. */
type Found = (word: string, start: number) => void;

/**
 * Searches a few words in one pass over a text, ignoring case. The expression starts each word at a rare letter that
 * many of the words share: regular expression engines skip to one of a few letters about five times as fast as to
 * words with arbitrary first letters.
 */
export class FewWordsFinder {
  private readonly expression: RegExp | null;
  private readonly byLetter: ReadonlyMap<string, readonly Anchored[]>;
  /** Maximum characters of the words before and from that letter. */
  private readonly before: number;
  private readonly after: number;

  /** `words`: in lower case. */
  constructor(words: readonly string[]) {
    this.byLetter = byRareLetter(words);
    const all = [...this.byLetter.values()].flat();
    this.before = all.reduce((most, { offset }) => Math.max(most, offset), 0);
    this.after = all.reduce((most, { word, offset }) => Math.max(most, word.length - offset), 0);
    const parts = [...this.byLetter].map(([letter, anchored]) => {
      const ways = anchored.map(({ word, offset }) => {
        // Put the following character first, because engines reject most alternatives by a single character.
        const before = offset === 0 ? '' : `(?<=${literal(word)})`;
        return literal(word.slice(offset + letter.length)) + before;
      });
      return `${literal(letter)}(?:${ways.join('|')})`;
    });
    this.expression = parts.length === 0 ? null : new RegExp(parts.join('|'), 'gi');
  }

  /** Finds words that start in [from, to). */
  each(text: string, from: number, to: number, found: Found): void {
    if (this.expression === null) return;
    // Limit the search to this part of the text: otherwise, each part would search to the end of the text.
    const part = text.slice(from, to + MAX_KEYWORD_LENGTH);
    this.expression.lastIndex = 0;
    for (let match = this.expression.exec(part); match !== null; match = this.expression.exec(part)) {
      this.expression.lastIndex = match.index + 1;
      const letter = String.fromCodePoint(part.codePointAt(match.index) ?? 0).toLowerCase();
      const first = Math.max(0, match.index - this.before);
      const around = part.slice(first, match.index + this.after);
      const small = around.toLowerCase();
      // In a few languages, lower-case text is longer than upper-case text.
      const isAligned = small.length === around.length;
      for (const { word, offset } of this.byLetter.get(letter) ?? []) {
        const start = match.index - offset;
        if (start < 0 || start >= to - from) continue;
        const isThere = isAligned
          ? small.startsWith(word, start - first)
          : part.slice(start, start + word.length).toLowerCase() === word;
        if (isThere) found(word, from + start);
      }
    }
  }
}

/**
 * Searches many words in one pass over a text, ignoring ASCII case. Examines two characters at a time and skips what
 * cannot be in any word (the Wu-Manber algorithm), using the rarest three characters of each word.
 */
export class KeywordFinder {
  private readonly fold = new Uint8Array(65_536);
  private readonly shift: Uint8Array;
  private readonly at: readonly (readonly Anchored[])[];

  /** `words`: of three characters or more. */
  constructor(words: readonly string[]) {
    const anchored = words.map((word) => anchor(word.toLowerCase()));
    let classes = 0;
    for (const { word } of anchored)
      for (let n = 0; n < word.length; n += 1) {
        const code = word.charCodeAt(n);
        if (this.fold[code] !== 0) continue;
        // A client's own patterns may contain any character; all that exceed the number of classes share the last one.
        classes = Math.min(classes + 1, LAST_CLASS);
        this.fold[code] = classes;
        if (code >= 97 && code <= 122) this.fold[code - 32] = classes;
      }
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

  /** Finds words from left to right by their anchors. */
  each(text: string, from: number, to: number, found: Found): void {
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
        if (start >= 0 && this.same(text, start, one.word)) found(one.word, start);
      }
      i += 1;
    }
  }

  private same(text: string, start: number, word: string): boolean {
    for (let n = 0; n < word.length; n += 1)
      if (this.fold[text.charCodeAt(start + n)] !== this.fold[word.charCodeAt(n)]) return false;
    return text.slice(start, start + word.length).toLowerCase() === word;
  }
}

/** Windows of three characters, examined in blocks of two. */
const SKIP = 2;
/** A block is two classes of six bits each; 0 is for characters in no word. */
const LAST_CLASS = 63;

interface Anchored {
  readonly word: string;
  /** Offset of the anchor within the word. */
  readonly offset: number;
}

/** Maximum length of a keyword, in characters. */
const MAX_KEYWORD_LENGTH = 100;

/** Letters of English text, most frequent first. */
const COMMON = 'etaoinshrdlucmfwypvbgkjqxz';

/** Frequency rank of a character: higher means more common. */
function weight(char: string): number {
  const place = COMMON.indexOf(char);
  return place === -1 ? (char === ' ' ? 30 : 1) : 26 - place;
}

/** The rarest three consecutive characters of a word. */
function anchor(word: string): Anchored {
  if (word.length < 3) throw new RangeError(`the keyword “${word}” is shorter than three characters`);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let offset = 0; offset <= word.length - 3; offset += 1) {
    const total = weight(word.charAt(offset + 1)) * weight(word.charAt(offset + 2));
    if (total < least) {
      least = total;
      best = offset;
    }
  }
  return { word, offset: best };
}

/** Assigns words to one of their letters, so that few rare letters cover all words. */
function byRareLetter(words: readonly string[]): ReadonlyMap<string, readonly Anchored[]> {
  const chosen = new Map<string, readonly Anchored[]>();
  let left = words;
  while (left.length > 0) {
    const counts = new Map<string, number>();
    for (const word of left) for (const char of new Set(word)) counts.set(char, (counts.get(char) ?? 0) + 1);
    const price = (char: string) => weight(char) / (counts.get(char) ?? 0);
    const letter = [...counts.keys()].reduce((a, b) => (price(b) < price(a) ? b : a));
    chosen.set(
      letter,
      left.flatMap((word) => (word.includes(letter) ? [{ word, offset: word.indexOf(letter) }] : [])),
    );
    left = left.filter((word) => !word.includes(letter));
  }
  return chosen;
}
