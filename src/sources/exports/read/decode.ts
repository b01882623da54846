import { isUtf8 } from 'node:buffer';
import { ImportProblem } from '../file-kind.ts';
import { legacyEncoding } from './legacy-encoding.ts';

export interface Decoded {
  /** The text in UTF-8 without a byte order mark. */
  readonly utf8: Buffer;
  /** Name of the encoding for people, such as "Windows-1252". */
  readonly encoding: string;
}

/**
 * Converts a text file to UTF-8. The encoding is given by a byte order mark; without one it is UTF-16 if every second
 * byte is zero, UTF-8 if the bytes are valid, Shift_JIS if there are runs of Japanese characters, otherwise the legacy
 * encoding in which words are plausible. Throws an ImportProblem if there is none.
 */
export function decodeText(bytes: Buffer): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8OrWindows(bytes.subarray(3));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const order = utf16WithoutMark(bytes);
  if (order) return utf16(bytes, order);
  return utf8OrWindows(bytes);
}

function utf8OrWindows(bytes: Buffer): Decoded {
  refuseNul(bytes);
  // Seven-bit bytes, which are also valid UTF-8; an escape sequence starts Japanese text.
  if (bytes.includes('\x1b$B', 0, 'latin1') || bytes.includes('\x1b$@', 0, 'latin1'))
    return {
      utf8: Buffer.from(new TextDecoder('iso-2022-jp').decode(bytes), 'utf8'),
      encoding: 'ISO-2022-JP',
    };
  if (isUtf8(bytes)) return { utf8: bytes, encoding: 'UTF-8' };
  const japanese = shiftJis(bytes);
  if (japanese !== null) return { utf8: Buffer.from(japanese, 'utf8'), encoding: 'Shift_JIS' };
  const legacy = legacyEncoding(bytes);
  if (legacy === null)
    throw new ImportProblem(
      'The encoding of the text is not known, so names in it would be read incorrectly. Save it again as UTF-8: in Excel “CSV UTF-8 (Comma delimited)”.',
    );
  const text = new TextDecoder(legacy.label).decode(bytes);
  return { utf8: Buffer.from(text, 'utf8'), encoding: legacy.name };
}

/** Year, month and day characters after numbers, which stand alone and fill lists of dates. */
const OF_DAYS: ReadonlySet<number> = new Set([0x944e, 0x8c8e, 0x93fa]);

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/**
 * The text if the bytes are Shift_JIS with Japanese. In Windows-1252, an accented letter and the byte after it may form
 * a valid pair, too, but such letters stand alone, while Japanese characters come in runs whose lead bytes are not
 * letters in Windows-1252.
 */
function shiftJis(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 65_536);
  let pairs = 0;
  let common = 0;
  let inRuns = 0;
  for (let at = 0, last = -2; at < start.length; at += 1) {
    const lead = start[at] ?? 0;
    const isPair = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc);
    if (!isPair) continue;
    if (OF_DAYS.has((lead << 8) | (start[at + 1] ?? 0)) && isDigit(start[at - 1])) {
      at += 1;
      continue;
    }
    pairs += 1;
    if (lead <= 0x9f) common += 1;
    if (last === at - 2) inRuns += 1;
    last = at;
    at += 1;
  }
  if (inRuns < 4 || inRuns < pairs * 0.1 || common < pairs * 0.6) return null;
  try {
    return new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function utf16(bytes: Buffer, label: 'utf-16le' | 'utf-16be'): Decoded {
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw new ImportProblem(
      'The file starts as UTF-16 text and then breaks off or is damaged. Export it again.',
    );
  }
  const utf8 = Buffer.from(text, 'utf8');
  refuseNul(utf8);
  return { utf8, encoding: 'UTF-16' };
}

/** Only mostly Latin UTF-16 text has zeros in every second byte. */
function utf16WithoutMark(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length < 8 || bytes.length % 2 === 1) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'utf-16be';
  return null;
}

function refuseNul(bytes: Buffer): void {
  const at = bytes.indexOf(0);
  if (at < 0) return;
  let row = 1;
  for (let i = 0; i < at; i++) if (bytes[i] === 10) row += 1;
  throw new ImportProblem(
    'The file contains NUL bytes, which no text export does, so it is damaged or not text. Export it again.',
    { row },
  );
}

/** Whether there are too many control characters for text. */
export function looksBinary(utf8: Buffer): boolean {
  const length = Math.min(utf8.length, 65_536);
  let control = 0;
  for (let at = 0; at < length; at++) {
    const byte = utf8[at] ?? 0;
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) control += 1;
  }
  return control > length / 50;
}
