import { detect } from 'chardet';

/** Bytes by which an encoding is guessed. */
const LOOKED_AT = 64 * 1024;

/** Bytes as text, in whichever encoding they are; null: they are no text. */
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
  const sample = bytes.subarray(0, LOOKED_AT);
  // Lines that end as they did on a Macintosh: its own letters, too.
  if (sample.includes(13) && !sample.includes(10)) return 'macintosh';
  const guess = detect(sample) ?? 'windows-1252';
  // The same letters, and those of Ukrainian where the other has lines to draw tables with.
  return guess === 'KOI8-R' ? 'koi8-u' : guess;
}

/** Mails from Japan switch between alphabets by ESC $ B or ESC $ @, and have no byte that UTF-8 lacks. */
function isJapaneseMail(bytes: Uint8Array): boolean {
  const at = bytes.subarray(0, LOOKED_AT).indexOf(0x1b);
  return at !== -1 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
}

/** Every other byte of a text in UTF-16 without a mark is 0, but for its few foreign letters. */
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

/** Characters that no text has; a program, a database or a packed file has them everywhere. */
const CONTROL = /[\0-\x06\x0e-\x1a\x1c-\x1f]/gu;

function plain(text: string): string | null {
  const sample = text.slice(0, LOOKED_AT);
  const strange = sample.match(CONTROL)?.length ?? 0;
  if (strange > sample.length / 500 + 1) return null;
  return text.includes('\0') ? text.replaceAll('\0', ' ') : text;
}
