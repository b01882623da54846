import type { Content } from '../file-kind.ts';

const FIRST_LINES = 300;
/** Maximum line length; longer than any in a gateway's log. Longer lines are skipped. */
const MAX_LINE = 32 * 1024;

/** Reads a text line by line, decoding one line at a time, so that a long log is never in memory twice. */
export function readLines(utf8: Buffer): Extract<Content, { form: 'lines' }> {
  const first: string[] = [];
  walk(utf8, (line) => {
    if (line !== null) first.push(line);
    return first.length < FIRST_LINES;
  });
  return {
    form: 'lines',
    first,
    each: (visit) =>
      walk(utf8, (line, row) => {
        visit(line, row);
        return true;
      }),
    endsWhole: /[\r\n]$/.test(utf8.subarray(-1).toString('latin1')) || first.length < 2,
  };
}

/** Continues until `visit` returns false. */
function walk(utf8: Buffer, visit: (line: string | null, row: number) => boolean): void {
  // Old Macs, and programs like them, end lines with a bare carriage return. Without this, everything after the
  // beginning would be lost as one overlong line.
  const lineEnd = utf8.includes(10) ? 10 : 13;
  for (let start = 0, row = 1; start < utf8.length; row += 1) {
    const end = utf8.indexOf(lineEnd, start);
    const stop = end < 0 ? utf8.length : end;
    const long = stop - start > MAX_LINE;
    const text = long ? null : utf8.toString('utf8', start, stop).replace(/\r$/, '');
    if (!visit(text, row)) return;
    start = stop + 1;
  }
}
