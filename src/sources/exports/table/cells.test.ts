import { expect, it } from 'vitest';
import { leastCpu } from '#domain/testing/cpu.ts';
import { cellText, words } from './cells.ts';

it('reads the value alone of what a SharePoint list looks up', () => {
  expect(
    ['1;#Finance', '12;#ann@alder.example.org', '1;#Finance;#2;#Legal & HR', 'a;#b', '7;#'].map(cellText),
  ).toEqual(['Finance', 'ann@alder.example.org', 'Finance; Legal & HR', 'a;#b', null]);
});

it.each([
  ['cell', cellText],
  ['heading', words],
])('a %s with marks without an end is read at once', async (_what, read) => {
  const text = `a${'\u0301\u0327'.repeat(20_000)}`;
  expect(await leastCpu(500, () => read(text))).toBeLessThan(500);
});
