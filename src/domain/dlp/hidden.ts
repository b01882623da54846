import { unicodeForm } from '../text/unicode-form.ts';
import { sameText, type View, ViewBuilder } from './view.ts';

/**
 * Characters that nobody sees and that may be between those of a number: spaces of no width, marks of direction,
 * variation selectors, tags, strokes through a character and frames around it.
 */
const UNSEEN =
  '\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\u0334-\\u0338\\u20d0-\\u20f0';
const SOFT_HYPHEN = '\u00ad';
const NO_BREAK = '\u00a0';
/** Spaces, hyphens, and letters and digits of full width, one for one. */
const UNUSUAL =
  '\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\u2010-\\u2015\\u2043\\u2212\\ufe58\\ufe63\\uff01-\\uff5e';
/** First digits of scripts whose ten digits follow each other. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
  0xf20, 0x1040, 0x1090, 0x17e0, 0x1810,
];
const hex = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
const DIGITS = ZEROS.map((zero) => `${hex(zero)}-${hex(zero + 9)}`).join('');

/** V8 knows without searching that a one-byte string has none of these. */
const ANY = new RegExp(`[${UNSEEN}${UNUSUAL}${DIGITS}\\ud835\\udb40]`);
/** A few ranges with all of these and little of what is usual, which are found faster. */
const PERHAPS = /[\u0300-\u2017\u2020\u2021\u2023-\u2025\u2027-\u20ab\u20ad-\uffff]/;

const REMOVED = new RegExp(
  `[${UNSEEN}${SOFT_HYPHEN}]+|(?:\\udb40[\\udc00-\\udfff])+|(?<=\\d)[\\u0300-\\u036f]+|\\ud835[\\udc00-\\udfff]`,
  'g',
);
const REPLACED = new RegExp(`[${NO_BREAK}${UNUSUAL}${DIGITS}]`, 'gu');

/**
 * A text as people read it: without characters that nobody sees, and with plain digits, spaces, hyphens and letters in
 * place of those of other widths, scripts and type faces.
 */
export function asRead(text: string): View {
  const isUnusual = PERHAPS.test(text) && ANY.test(text);
  if (!isUnusual && !text.includes(SOFT_HYPHEN))
    return sameText(text.includes(NO_BREAK) ? replaced(text) : text);
  const plain = replaced(text);
  REMOVED.lastIndex = 0;
  let match = REMOVED.exec(plain);
  if (match === null) return sameText(plain);
  const builder = new ViewBuilder(plain);
  let done = 0;
  for (; match !== null; match = REMOVED.exec(plain)) {
    const [found] = match;
    builder.copy(done, match.index);
    done = match.index + found.length;
    // Bold, italic and monospaced letters and digits for formulas.
    if (found.startsWith('\ud835')) builder.put(unicodeForm(found, 'NFKC').slice(0, 1), match.index, done);
  }
  builder.copy(done, plain.length);
  return builder.view();
}

function replaced(text: string): string {
  return text.replace(REPLACED, (char) => {
    const code = char.charCodeAt(0);
    if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
    if ((code >= 0x2010 && code <= 0x2015) || [0x2043, 0x2212, 0xfe58, 0xfe63].includes(code)) return '-';
    const zero = ZEROS.find((one) => code >= one && code <= one + 9);
    return zero === undefined ? ' ' : String(code - zero);
  });
}
