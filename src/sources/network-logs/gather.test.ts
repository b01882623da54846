import { describe, expect, it } from 'vitest';
import { Gather } from './gather.ts';
import { readTotals, totalsText } from './totals-file.ts';

const nothing = { ofHost: () => null, ofName: () => null, isCategory: () => false };

function coveredBy(...days: readonly string[]) {
  const gather = new Gather(nothing, { timezone: 'UTC', today: '2026-11-24', file: 'log.txt' });
  for (const day of days) gather.add({ at: `${day}T15:00:00Z`, target: 'news.example.org' });
  return gather.done().covers;
}

describe('the days that a log covers', () => {
  it('go back from its last line, past days that were quiet, and not past more than seven', () => {
    expect(coveredBy()).toBeNull();
    expect(coveredBy('2026-11-20', '2026-11-19')).toEqual({ from: '2026-11-19', to: '2026-11-20' });
    // A week of holidays, and one day more.
    expect(coveredBy('2026-11-12', '2026-11-20')?.from).toBe('2026-11-12');
    expect(coveredBy('2026-11-11', '2026-11-20')?.from).toBe('2026-11-20');
    expect(coveredBy('2025-11-20', '2026-11-14', '2026-11-20')?.from).toBe('2026-11-14');
  });

  it('stay the same in what is kept of it, whatever older line is there', () => {
    const covers = { from: '2026-11-19', to: '2026-11-20' };
    const [columns = '', ...lines] = totalsText({ rows: [], covers, complete: true }).trim().split('\n');
    const stray = [
      '2026-10-25',
      'claude',
      'claude.ai',
      ...Array.from({ length: 11 }, () => ''),
      ...Object.values(covers),
    ];
    const rows = [...lines.map((line) => line.split(',')), stray];
    const table = {
      columns: columns.split(','),
      rows: rows.map((cells, n) => ({ row: n + 2, cells: cells.map((cell) => (cell === '' ? null : cell)) })),
      headingRow: 1,
    };
    const kept = readTotals(table as unknown as Parameters<typeof readTotals>[0], 'kept.csv');
    expect([kept.covers, kept.rows.length, kept.complete]).toEqual([covers, 1, true]);
  });
});
