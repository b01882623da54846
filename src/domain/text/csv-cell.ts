/**
 * Spreadsheet programs calculate a cell that begins so, in the wide forms of East Asian input too; some leave out blanks
 * before it.
 */
const CALCULATED = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;
/** Where a comma does not separate, a semicolon or tab may: what follows it would begin a cell there. */
const AFTER_SEPARATOR = /([;\t])(?=[^\S\t\r\n]*[=+\-@＝＋－＠])/gu;

/** Text that no spreadsheet program calculates: a leading apostrophe tells it that the cell is text. */
export function neutralCell(text: string): string {
  const inner = text.replace(AFTER_SEPARATOR, "$1'");
  return CALCULATED.test(inner) ? `'${inner}` : inner;
}

/** Quoted where a reader would otherwise split it, trim it or take it for a comment. */
export function quotedCell(text: string): string {
  return /[",\r\n;\t]|^#|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
