import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { leastCpu } from '../testing/cpu.ts';
import { neutralCell, quotedCell } from './csv-cell.ts';

/** What strangers write into a name or a reason, in the second column of a list. */
const WRITTEN = [
  'first line\n=HYPERLINK("https://evil.example")',
  'first line\r\n  +1',
  'first line\r@SUM(A1)',
  'a;"=1+1;b',
  'a;" "=1+1',
  'a\t"-1+1',
  'a; =1+1',
  'a\n;\t"＝1+1',
];

describe('a list whose cells are split at another separator than the comma', () => {
  const line = (text: string) => ['Alder', text].map((one) => quotedCell(neutralCell(one))).join(',');
  const cells = (csv: string, delimiter: string) =>
    parse(csv, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }).flat();

  it.each(WRITTEN)('has no cell that is evaluated: %j', (text) => {
    for (const delimiter of [';', '\t', ','])
      for (const cell of cells(line(text), delimiter))
        expect([delimiter, cell]).not.toEqual([delimiter, expect.stringMatching(/^["\s]*[=+\-@＝]/u)]);
  });

  it.each(['\n'.repeat(300_000), `;${'"'.repeat(300_000)}`])(
    'takes no longer for a long text',
    async (text) => {
      expect(await leastCpu(1_000, () => neutralCell(text))).toBeLessThan(1_000);
    },
  );
});
