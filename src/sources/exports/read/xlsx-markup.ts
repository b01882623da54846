import { ImportProblem } from '../file-kind.ts';

/** Maximum size in bytes of a tag, comment or instruction, far more than any program writes. */
const MAX_MARKUP_BYTES = 32_767 * 10;
/** Maximum nesting of elements; workbooks have about ten levels. */
const MAX_DEPTH = 250;

const [LESS, GREATER, SLASH, BANG, QUESTION] = [...'<>/!?'].map((one) => one.charCodeAt(0));
const [DOUBLE, SINGLE] = [...`"'`].map((one) => one.charCodeAt(0));

/**
 * Rejects a part of a workbook with unterminated tags, comments or instructions, or with excessive nesting. The XML
 * parser searches for the end of each again with every chunk: 2 MB of unterminated comments, 8 kB when compressed, took
 * more than two minutes. Single pass.
 */
export function refuseBoundlessMarkup(bytes: Buffer): void {
  let depth = 0;
  for (let at = bytes.indexOf('<'); at !== -1; at = bytes.indexOf('<', at)) {
    const end = endOf(bytes, at);
    if (end === -1 || end - at > MAX_MARKUP_BYTES)
      throw new ImportProblem(
        'The workbook holds a tag or comment that does not end, which no spreadsheet program writes, so it was not opened.',
      );
    const kind = bytes[at + 1];
    if (kind === SLASH) depth -= 1;
    else if (kind !== BANG && kind !== QUESTION && bytes[end - 2] !== SLASH) depth += 1;
    if (depth > MAX_DEPTH)
      throw new ImportProblem(
        `The workbook holds elements more than ${MAX_DEPTH} deep within each other, which no spreadsheet program writes, so it was not opened.`,
      );
    at = end;
  }
}

/** Offset after a tag, comment or instruction that starts here; -1: unterminated. */
function endOf(bytes: Buffer, at: number): number {
  const closing = bytes[at + 1] === QUESTION ? '?>' : bytes[at + 1] === BANG ? ending(bytes, at) : null;
  if (closing !== null) {
    const found = bytes.indexOf(closing, at + 2);
    return found === -1 ? -1 : found + closing.length;
  }
  let quote: number | undefined;
  for (let next = at + 1; next < bytes.length; next += 1) {
    const byte = bytes[next];
    if (quote !== undefined) {
      if (byte === quote) quote = undefined;
    } else if (byte === GREATER) return next + 1;
    else if (byte === DOUBLE || byte === SINGLE) quote = byte;
    else if (byte === LESS) return -1;
    if (next - at > MAX_MARKUP_BYTES) return -1;
  }
  return -1;
}

function ending(bytes: Buffer, at: number): string {
  const begins = bytes.toString('latin1', at, at + 9);
  return begins.startsWith('<!--') ? '-->' : begins === '<![CDATA[' ? ']]>' : '>';
}
