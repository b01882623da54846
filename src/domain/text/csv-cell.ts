/**
 * Spreadsheet programs evaluate a cell that starts with one of these as a formula, including the full-width forms of
 * East Asian input; some ignore leading spaces.
 */
const CALCULATED = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/u;
/**
 * If the separator is not a comma, it may be a semicolon or a tab, after which a new cell would start. The quotes around
 * the text are then in the middle of a cell and hold nothing together, so a line break ends the row as well.
 */
const AFTER_SEPARATOR = /([;\t\r\n])(?=(?:[^\S\t\r\n]|")*[=+\-@＝＋－＠])/gu;

/** Escapes text so that no spreadsheet program evaluates it: a leading apostrophe marks a cell as text. */
export function neutralCell(text: string): string {
  const inner = text.replace(AFTER_SEPARATOR, "$1'");
  return CALCULATED.test(inner) ? `'${inner}` : inner;
}

/** Quotes a value that a reader would otherwise split, trim or treat as a comment. */
export function quotedCell(text: string): string {
  return /[",\r\n;\t]|^#|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
