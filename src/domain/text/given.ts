import { ownValue } from '../model/own-value.ts';

/**
 * Text that people and files gave us (names, addresses, file names, reasons, cells) made safe to look at, everywhere by
 * the same rule. A right-to-left override can turn "gpj.exe" round, and the words of ours that stand beside it with it;
 * a zero-width space can make two addresses look like one. Here such characters become visible. Unicode Standard Annex 9
 * (direction) and Technical Report 36 (security) describe both.
 */

/** Control and format characters that have no shape of their own; a few signs of Arabic and Kaithi count as such and have one. */
const HIDDEN =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]]/v;
/**
 * Where an invisible character is how people write: a joiner after a letter of Persian, Hindi and the like or inside an
 * emoji, and the letters inside the flag of a part of a country, of which there are six at most.
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
  /** `plain` text, an invisible character shown by its code (`hidden`), or a run to isolate (`rtl`). */
  readonly is: 'plain' | 'hidden' | 'rtl';
  readonly text: string;
}

/** Whether a text has anything that must be shown by its code or isolated; most have not. */
export function needsCare(text: string): boolean {
  return CARE.test(text);
}

/** Splits text at characters that need care. Line breaks and tabs become spaces, or stay when `lines` is set. */
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

/** The same as one string, for PDF, XLSX and titles: an invisible character reads "[U+202E]". */
export function visible(text: string, lines = false): string {
  return pieces(text, lines)
    .map((piece) => (piece.is === 'hidden' ? `[${piece.text}]` : piece.text))
    .join('');
}

/** JSON in which what a terminal would act on is written as JSON's own escape, so that no value is changed. */
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
