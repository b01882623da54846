import { type View, ViewBuilder } from './view.ts';

/** Files within a text that were not read. */
export interface Embedded {
  readonly files: number;
  readonly pictures: number;
}

/** Base64 of a few bytes is shorter, but then it is a word. */
const MIN_LENGTH = 16;
/** A line of Base64 in mails and certificates has this many characters or more. */
const LINE = 60;
/** Characters of a run by which it is told from a path or a name. */
const HEAD = 16;
/** Characters before a run that may have the word beside a number. */
const BEFORE = 80;
/** Files shorter than this are nothing but their mark. */
const MIN_FILE_LENGTH = 40;

/** First characters, in Base64, of PDF, ZIP and Office files, RTF, GZIP, old Office files, 7z and RAR. */
const FILES = /^(?:JVBERi0|UEsD[BC]|e1xydGY|H4sI|0M8R4KGx|N3q8rycc|UmFyIRoH|\/Td6WFo|KLUv\/)/u;
const PICTURES = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR)/u;

const CANDIDATE = /[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9_-]{16,}={0,2}/gu;
const HEX = /^(?:[0-9a-f]{2})+$|^(?:[0-9A-F]{2})+$/u;

/** Collects runs of a text that may be encoded, as a search passes over them. */
export class EncodedRuns {
  readonly #text: string;
  readonly #runs: { start: number; end: number }[] = [];
  #done = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A run without spaces begins there and goes on up to `limit` or beyond. It may be reported twice. */
  add(start: number, limit: number): void {
    if (start < this.#done) return;
    const text = this.#text;
    let end = limit;
    while (end < text.length && isRun(text.charCodeAt(end))) end += 1;
    let isCandidate = false;
    for (let from = start; !isCandidate && from + MIN_LENGTH <= end; ) {
      // From the end: a character that ends a value excludes all starts before it.
      let at = from + MIN_LENGTH - 1;
      while (at >= from && (VALUES[text.charCodeAt(at)] ?? -1) >= 0) at -= 1;
      if (at >= from) {
        isCandidate = isQuotedAt(text, at);
        from = at + 1;
        continue;
      }
      at = from + MIN_LENGTH;
      while (at < end && (VALUES[text.charCodeAt(at)] ?? -1) >= 0) at += 1;
      isCandidate = isPromising(text, from, at);
      from = at + 1;
    }
    this.#done = end;
    const last = this.#runs.at(-1);
    // Lines of one value; the last one may be short.
    if (
      last !== undefined &&
      start - last.end <= 2 &&
      /^\r?\n$/u.test(text.slice(last.end, start)) &&
      end - start >= MIN_LENGTH &&
      last.end - Math.max(last.start, text.lastIndexOf('\n', last.end - 1) + 1) >= LINE
    )
      last.end = end;
    else if (isCandidate) this.#runs.push({ start, end });
  }

  /** What the runs say, each with the places of its characters, and the files among them. */
  decoded(): { readonly views: readonly View[]; readonly embedded: Embedded } {
    const views: View[] = [];
    let files = 0;
    let pictures = 0;
    for (const { start, end } of this.#runs) {
      const run = this.#text.slice(start, end);
      if (QUOTED_IN.test(run)) views.push(quoted(this.#text, start, end));
      const compact = run.includes('\n') ? run.replace(/\r?\n/gu, '') : run;
      CANDIDATE.lastIndex = 0;
      for (let match = CANDIDATE.exec(compact); match !== null; match = CANDIDATE.exec(compact)) {
        const [value] = match;
        const isFile = value.length >= MIN_FILE_LENGTH && FILES.test(value);
        if (isFile) files += 1;
        else if (value.length >= MIN_FILE_LENGTH && PICTURES.test(value)) pictures += 1;
        else {
          const view = decodedRun(start, run, compact, match.index, value);
          if (view !== null) views.push(view);
        }
      }
    }
    return { views, embedded: { files, pictures } };
  }
}

const EQUALS = '='.charCodeAt(0);
/** Two characters as they are written in the quoted-printable encoding of mails. */
const QUOTED_IN = /(?:=[2-7][\dA-F]){2}/u;
const isQuotedAt = (text: string, at: number) =>
  text.charCodeAt(at) === EQUALS &&
  (text.charCodeAt(at + 3) === EQUALS || text.charCodeAt(at - 3) === EQUALS) &&
  QUOTED_IN.test(text.slice(Math.max(0, at - 3), at + 6));
const QUOTED_ALL = /=([2-7][\dA-F])/gu;

const RUN = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=~.-')
  RUN[char.charCodeAt(0)] = 1;
const isRun = (code: number) => code < 128 && RUN[code] === 1;

const VALUES = new Int8Array(128).fill(-1);
for (const [at, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  VALUES[char.charCodeAt(0)] = at;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;

/**
 * Whether a run of these characters may be text or a file: what its first characters encode is text. Most are paths and
 * names, so this looks at no more than it must.
 */
function isPromising(text: string, from: number, end: number): boolean {
  const length = end - from;
  if (length < MIN_LENGTH) return false;
  if (length >= MIN_FILE_LENGTH && MARKS.has(text.charCodeAt(from))) {
    const head = text.slice(from, from + 12);
    if (FILES.test(head) || PICTURES.test(head)) return true;
  }
  for (let skip = 0; skip < 4; skip += 1) if (isTextIn(text, from + skip, end)) return true;
  const first = text.charCodeAt(from);
  return first >= 48 && first <= 55 && HEX_HEAD.test(text.slice(from, from + HEAD));
}

const MARKS: ReadonlySet<number> = new Set([...'JUeH0N/KiR'].map((char) => char.charCodeAt(0)));
const HEX_HEAD = /^(?:[2-7][0-9a-f]|0[9ad]|00){8}$|^(?:[2-7][0-9A-F]|0[9AD]|00){8}$/u;

/** Whether three groups of four characters encode text. */
function isTextIn(text: string, from: number, end: number): boolean {
  const to = Math.min(from + 12, end);
  for (let at = from; at + 4 <= to; at += 4) {
    const bits =
      ((VALUES[text.charCodeAt(at)] ?? 0) << 18) |
      ((VALUES[text.charCodeAt(at + 1)] ?? 0) << 12) |
      ((VALUES[text.charCodeAt(at + 2)] ?? 0) << 6) |
      (VALUES[text.charCodeAt(at + 3)] ?? 0);
    if (!isTextual(bits >> 16) || !isTextual((bits >> 8) & 255) || !isTextual(bits & 255)) return false;
  }
  return true;
}

/** Bytes of text, or, of UTF-16, text and zeros. */
const isTextual = (byte: number) =>
  (byte >= 32 && byte < 127) || byte >= 0xc2 || byte === 10 || byte === 13 || byte === 9 || byte === 0;

function bytesOf(value: string, isHex: boolean): Uint8Array {
  if (isHex) return Uint8Array.from(value.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
  const bytes = new Uint8Array(Math.floor((value.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = 0; at < value.length; at += 1) {
    const one = VALUES[value.charCodeAt(at)] ?? -1;
    if (one < 0) break;
    held = (held << 6) | one;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >> bits) & 255;
    length += 1;
  }
  return bytes.subarray(0, length);
}

/** A run with its quoted characters, and a little of what is before it. */
function quoted(text: string, start: number, end: number): View {
  const builder = new ViewBuilder(text);
  let done = Math.max(0, start - BEFORE);
  QUOTED_ALL.lastIndex = start;
  for (
    let match = QUOTED_ALL.exec(text);
    match !== null && match.index < end;
    match = QUOTED_ALL.exec(text)
  ) {
    builder.copy(done, match.index);
    done = match.index + match[0].length;
    builder.put(String.fromCharCode(Number.parseInt(match[1] ?? '', 16)), match.index, done);
  }
  builder.copy(done, end);
  return builder.view();
}

/** A run as text, if it is text. */
function decodedRun(start: number, run: string, compact: string, at: number, value: string): View | null {
  const isHex = HEX.test(value);
  // A word may stand before it without a space, so it may begin a few characters further on.
  for (let skip = 0; skip < (value.length >= HEAD + 8 && !isHex ? 4 : 1); skip += 1) {
    if (value.length - skip < MIN_LENGTH) return null;
    const head = bytesOf(value.slice(skip, skip + HEAD), isHex);
    if (!head.every(isTextual)) continue;
    const bytes = bytesOf(value.slice(skip), isHex);
    const characters = charactersOf(bytes);
    if (characters === null) continue;
    const perByte = isHex ? 2 : 4 / 3;
    const place = placesIn(run, compact);
    const byteAt = (offset: number) => characters.places?.[offset] ?? offset * characters.width;
    const from = at + skip;
    return {
      text: characters.decoded,
      startOf: (offset) => start + place(from + Math.floor(byteAt(offset) * perByte)),
      endOf: (offset) =>
        start + place(Math.min(at + value.length, from + Math.ceil(byteAt(offset) * perByte)) - 1) + 1,
      within: (original) => original,
    };
  }
  return null;
}

/** Where the characters of a run without its line breaks are in it. */
function placesIn(run: string, compact: string): (offset: number) => number {
  if (run.length === compact.length) return (offset) => offset;
  const breaks: number[] = [];
  let removed = 0;
  for (let at = run.indexOf('\n'); at !== -1; at = run.indexOf('\n', at + 1)) {
    const width = run.charAt(at - 1) === '\r' ? 2 : 1;
    breaks.push(at + 1 - width - removed);
    removed += width;
  }
  const width = removed / breaks.length;
  return (offset) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + low * width;
  };
}

interface Characters {
  readonly decoded: string;
  /** Bytes of each UTF-16 unit, if all have the same. */
  readonly width: number;
  /** Otherwise the place of each among the bytes. */
  readonly places: Uint32Array | null;
}

/** Characters of bytes that are text; null: they are not text. */
function charactersOf(bytes: Uint8Array): Characters | null {
  const zeros = bytes.reduce((count, byte) => count + Number(byte === 0), 0);
  const isWide = zeros >= bytes.length * 0.4;
  if (!isWide && zeros > 0) return null;
  const little = bytes[1] === 0 || bytes[0] === 0xff;
  let decoded: string;
  try {
    decoded = isWide
      ? new TextDecoder(little ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(bytes)
      : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(withoutStump(bytes));
  } catch {
    return null;
  }
  const plain = decoded.match(/[\t\n\r -~]/gu)?.length ?? 0;
  if (plain < decoded.length * 0.85 || plain < 8) return null;
  if (isWide || plain === decoded.length) return { decoded, width: isWide ? 2 : 1, places: null };
  const places = new Uint32Array(decoded.length + 1);
  let unit = 0;
  let at = 0;
  for (const char of decoded) {
    places[unit] = at;
    if (char.length === 2) places[unit + 1] = at;
    unit += char.length;
    at += sizeOf(char);
  }
  places[unit] = at;
  return { decoded, width: 1, places };
}

const sizeOf = (char: string) => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** Without a character that is cut off at the end. */
function withoutStump(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 3 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  const lead = bytes[end - 1] ?? 0;
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return bytes.length - end + 1 < size ? bytes.subarray(0, end - 1) : bytes;
}
