import { detect } from 'chardet';

/** Number of bytes by which an encoding is guessed. */
const EXAMINED_BYTES = 64 * 1024;

/** Decodes bytes in any encoding; null: not text. */
export function decoded(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return utf32(bytes.subarray(4), true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return utf32(bytes.subarray(4), false);
  if (a === 0xff && b === 0xfe) return asText(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return asText(bytes, 'utf-16be');
  const zeros = zerosOf(bytes);
  if (zeros !== null) return asText(bytes, zeros);
  if (isJapaneseMail(bytes)) return asText(bytes, 'iso-2022-jp');
  try {
    return plain(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return asText(bytes, singleOrMany(bytes));
  }
}

function singleOrMany(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, EXAMINED_BYTES);
  // Classic Macintosh line endings, so also its character set.
  if (sample.includes(13) && !sample.includes(10)) return 'macintosh';
  const guess = detect(sample) ?? 'windows-1252';
  // A superset of KOI8-R with Ukrainian letters in place of box-drawing characters.
  return guess === 'KOI8-R' ? 'koi8-u' : guess;
}

/** Japanese mail (ISO-2022-JP) switches character sets with ESC $ B or ESC $ @, and is valid UTF-8. */
function isJapaneseMail(bytes: Uint8Array): boolean {
  const at = bytes.subarray(0, EXAMINED_BYTES).indexOf(0x1b);
  return at !== -1 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
}

/** In UTF-16 without a byte order mark, every second byte is 0, except for few non-Latin letters. */
function zerosOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 2_000);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, at) => {
    if (byte !== 0) return;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  });
  const many = sample.length / 4;
  return odd > many && even === 0 ? 'utf-16le' : even > many && odd === 0 ? 'utf-16be' : null;
}

function asText(bytes: Uint8Array, encoding: string): string | null {
  try {
    return plain(new TextDecoder(encoding).decode(bytes));
  } catch {
    return plain(new TextDecoder('windows-1252').decode(bytes));
  }
}

function utf32(bytes: Uint8Array, little: boolean): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, little);
    if (code > 0x10ffff) return null;
    parts.push(String.fromCodePoint(code));
  }
  return plain(parts.join(''));
}

/** Control characters that text does not contain, but that programs, databases and archives are full of. */
const CONTROL = /[\0-\x06\x0e-\x1a\x1c-\x1f]/gu;

function plain(text: string): string | null {
  const sample = text.slice(0, EXAMINED_BYTES);
  const strange = sample.match(CONTROL)?.length ?? 0;
  if (strange > sample.length / 500 + 1) return null;
  return text.includes('\0') ? text.replaceAll('\0', ' ') : text;
}
