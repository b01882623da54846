import { ownValue } from '#domain/model/own-value.ts';

/** Keys that could change how objects behave; they are dropped. */
const DANGEROUS = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 20;

class Unreadable extends Error {}

/**
 * Parses a Python dict or list, such as `{'name': 'Reece O'Sullivan', 'active': True}`. The audit-log export has such
 * columns, with unescaped apostrophes in names, so a quotation mark ends a string only if a suitable separator follows.
 * null: not such a literal.
 */
export function readPythonLiteral(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed.startsWith('{"') || trimmed.startsWith('[')) {
    try {
      return JSON.parse(trimmed, (key, value: unknown) => (DANGEROUS.has(key) ? undefined : value));
    } catch {
      // Python quotes a string that contains an apostrophe with double quotes, which at first looks like JSON.
    }
  }
  try {
    const reader = new Reader(trimmed);
    const value = reader.value(0);
    return reader.atEnd() ? value : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.blanks();
    return this.#at >= this.#text.length;
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Unreadable();
    this.blanks();
    const char = this.#text[this.#at];
    if (char === '{') return this.dict(depth);
    if (char === '[' || char === '(') return this.list(depth, char === '[' ? ']' : ')');
    if (char === "'" || char === '"') return this.quoted('value');
    return this.word();
  }

  private dict(depth: number): Record<string, unknown> {
    const dict: Record<string, unknown> = {};
    this.#at += 1;
    for (;;) {
      this.blanks();
      const char = this.#text[this.#at];
      if (char === '}') {
        this.#at += 1;
        return dict;
      }
      if (char !== "'" && char !== '"') throw new Unreadable();
      const key = this.quoted('key');
      this.blanks();
      if (this.#text[this.#at] !== ':') throw new Unreadable();
      this.#at += 1;
      const value = this.value(depth + 1);
      if (!DANGEROUS.has(key)) dict[key] = value;
      this.blanks();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== '}') throw new Unreadable();
    }
  }

  private list(depth: number, end: string): unknown[] {
    const list: unknown[] = [];
    this.#at += 1;
    for (;;) {
      this.blanks();
      if (this.#text[this.#at] === end) {
        this.#at += 1;
        return list;
      }
      if (this.#at >= this.#text.length) throw new Unreadable();
      list.push(this.value(depth + 1));
      this.blanks();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== end) throw new Unreadable();
    }
  }

  private quoted(what: 'key' | 'value'): string {
    const quote = this.#text[this.#at] ?? '';
    const start = this.#at + 1;
    let escaped = false;
    for (let at = start; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === '\\') {
        escaped = true;
        at += 1;
        continue;
      }
      if (char !== quote || !this.ends(at + 1, what)) continue;
      this.#at = at + 1;
      const raw = this.#text.slice(start, at);
      return escaped ? unescaped(raw) : raw;
    }
    throw new Unreadable();
  }

  /** Whether the quotation mark before `from` ends its string, judging by what follows. */
  private ends(from: number, what: 'key' | 'value'): boolean {
    let at = from;
    while (this.#text[at] === ' ') at += 1;
    const next = this.#text[at];
    if (what === 'key') return next === ':';
    if (next === undefined || next === '}' || next === ']' || next === ')') return true;
    if (next !== ',') return false;
    at += 1;
    while (this.#text[at] === ' ') at += 1;
    const after = this.#text[at];
    if (after === "'" || after === '"') return true;
    return after === undefined || /[{[(\d\-TFNtfn}\])]/.test(after);
  }

  private word(): unknown {
    const match = /[^\s,:{}[\]()'"]+/y;
    match.lastIndex = this.#at;
    const word = match.exec(this.#text)?.[0];
    if (word === undefined) throw new Unreadable();
    this.#at += word.length;
    if (word === 'None' || word === 'null') return null;
    if (word === 'True' || word === 'true') return true;
    if (word === 'False' || word === 'false') return false;
    const number = Number(word);
    if (!Number.isNaN(number)) return number;
    return this.call(word);
  }

  /** The string inside `UUID('…')`, or all arguments as text, as of `datetime.datetime(2026, 5, 1)`. */
  private call(word: string): string {
    if (this.#text[this.#at] !== '(') throw new Unreadable();
    const end = this.#text.indexOf(')', this.#at);
    if (end < 0) throw new Unreadable();
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return /^(['"])([^'"]*)\1$/.exec(inside.trim())?.[2] ?? `${word}(${inside})`;
  }

  private blanks(): void {
    // Separators are nearly always single spaces, so a loop is faster than a regular expression.
    for (let code = this.#text.charCodeAt(this.#at); code === 32 || (code >= 9 && code <= 13); ) {
      this.#at += 1;
      code = this.#text.charCodeAt(this.#at);
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_, hex: string | undefined, unicode: string | undefined, char: string | undefined) => {
      const code = hex ?? unicode;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return ownValue(ESCAPES, char ?? '') ?? `\\${char ?? ''}`;
    },
  );
}
