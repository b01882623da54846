/**
 * Text that came from outside (names, file names, cells) made safe to look at. A right-to-left override can turn
 * "gpj.exe" round, a zero-width space can make two addresses look like one: here such characters become visible.
 */

/** Control and format characters that have no shape of their own. The two joiners stay: Persian and Hindi need them. */
const HIDDEN = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u200c\u200d]]/v;
const RTL = String.raw`\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}`;
const RTL_RUN = new RegExp(String.raw`[${RTL}](?:[${RTL}\p{M}\s.,'’־\-]*[${RTL}\p{M}])?`, 'u');
const PIECES = new RegExp(`(${HIDDEN.source})|(${RTL_RUN.source})`, 'gv');

export interface Piece {
  /** `plain` text, an invisible character shown by its code (`hidden`), or a run to isolate (`rtl`). */
  readonly is: 'plain' | 'hidden' | 'rtl';
  readonly text: string;
}

/** Splits text at characters that need care. Line breaks and tabs become spaces, or stay when `lines` is set. */
export function pieces(text: string, lines = false): readonly Piece[] {
  const flat = lines ? text.replace(/\r\n?/g, '\n') : text.replace(/[\t\r\n]+/g, ' ');
  const list: Piece[] = [];
  let from = 0;
  for (const match of flat.matchAll(PIECES)) {
    const [whole, hidden] = match;
    if (lines && (whole === '\n' || whole === '\t')) continue;
    if (match.index > from) list.push({ is: 'plain', text: flat.slice(from, match.index) });
    list.push(hidden === undefined ? { is: 'rtl', text: whole } : { is: 'hidden', text: codeOf(whole) });
    from = match.index + whole.length;
  }
  if (from < flat.length) list.push({ is: 'plain', text: flat.slice(from) });
  return list;
}

/** The same as one string, for PDF and XLSX: an invisible character reads "[U+202E]". */
export function visible(text: string, lines = false): string {
  return pieces(text, lines)
    .map((piece) => (piece.is === 'hidden' ? `[${piece.text}]` : piece.text))
    .join('');
}

/** "U+202E" */
export function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0xfffd;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
