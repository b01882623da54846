import { ownValue } from '../model/own-value.ts';

/**
 * Makes text from people and files (names, addresses, file names, reasons, cells) safe to display, everywhere by the
 * same rules. A right-to-left override can reverse "gpj.exe" and our own words around it; a zero-width space can make
 * two addresses look the same. Such characters are made visible here. See Unicode Standard Annex 9 (direction) and
 * Technical Report 36 (security).
 */

/**
 * Control and format characters without a visible shape; a few Arabic and Kaithi signs have the same categories but
 * are visible.
 */
const HIDDEN =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]/v;
/**
 * Where invisible characters are legitimate: a joiner after a letter of Persian, Hindi and the like or inside an
 * emoji, and the tag letters of a regional flag, at most six.
 */
const WRITTEN =
  /(?<=[[\p{L}\p{M}]--[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Zyyy}\p{sc=Zinh}]])[\u200c\u200d]|(?<=[\p{ExtPict}\p{EMod}\ufe0f])\u200d(?=\p{ExtPict})|(?<=\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{0,6})[\u{e0020}-\u{e007f}]/v;
const RTL = String.raw`\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}`;
const RTL_RUN = String.raw`[${RTL}](?:[${RTL}\p{M}\u200c\u200d\s.,'’־\-]*[${RTL}\p{M}])?`;
const PIECES = new RegExp(`(${RTL_RUN})|${WRITTEN.source}|(${HIDDEN.source})`, 'gv');
const CARE = new RegExp(`[${RTL}]|${HIDDEN.source}`, 'v');

const NAMES: Readonly<Record<string, string>> = {
  'U+0000': 'null',
  'U+00AD': 'soft hyphen',
  'U+061C': 'Arabic letter mark',
  'U+200B': 'zero-width space',
  'U+200C': 'zero-width non-joiner',
  'U+200D': 'zero-width joiner',
  'U+200E': 'left-to-right mark',
  'U+200F': 'right-to-left mark',
  'U+2028': 'line separator',
  'U+2029': 'paragraph separator',
  'U+202A': 'left-to-right embedding',
  'U+202B': 'right-to-left embedding',
  'U+202C': 'pop directional formatting',
  'U+202D': 'left-to-right override',
  'U+202E': 'right-to-left override',
  'U+2060': 'word joiner',
  'U+2066': 'left-to-right isolate',
  'U+2067': 'right-to-left isolate',
  'U+2068': 'first strong isolate',
  'U+2069': 'pop directional isolate',
  'U+FEFF': 'zero-width no-break space',
};

export interface Piece {
  /** `plain`: text; `hidden`: an invisible character, shown by its code; `rtl`: a right-to-left run to isolate. */
  readonly is: 'plain' | 'hidden' | 'rtl';
  readonly text: string;
}

/** Whether a text contains anything to show by code or isolate; most do not. */
export function isUnsafeText(text: string): boolean {
  return CARE.test(text);
}

/** Splits text at such characters. Line breaks and tabs become spaces unless `lines` is set. */
export function pieces(text: string, lines = false): readonly Piece[] {
  const flat = lines ? text.replace(/\r\n?/g, '\n') : text.replace(/[\t\r\n]+/g, ' ');
  const list: Piece[] = [];
  let from = 0;
  for (const match of flat.matchAll(PIECES)) {
    const [whole, rtl, hidden] = match;
    if (rtl === undefined && hidden === undefined) continue;
    if (lines && (whole === '\n' || whole === '\t')) continue;
    if (match.index > from) list.push({ is: 'plain', text: flat.slice(from, match.index) });
    list.push(hidden === undefined ? { is: 'rtl', text: whole } : { is: 'hidden', text: codeOf(hidden) });
    from = match.index + whole.length;
  }
  if (from < flat.length) list.push({ is: 'plain', text: flat.slice(from) });
  return list;
}

/** The same as one string, for PDF, XLSX and titles: an invisible character becomes "[U+202E]". */
export function visible(text: string, lines = false): string {
  return pieces(text, lines)
    .map((piece) => (piece.is === 'hidden' ? `[${piece.text}]` : piece.text))
    .join('');
}

/** JSON in which terminal control characters are written as JSON escapes, so that no value changes. */
export function inertJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** "U+202E" */
export function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0xfffd;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** "U+202E right-to-left override" */
export function nameOfCode(code: string): string {
  return `${code} ${ownValue(NAMES, code) ?? 'invisible character'}`;
}
