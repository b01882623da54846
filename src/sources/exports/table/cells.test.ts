import { expect, it } from 'vitest';
import { cpuSince } from '#domain/testing/cpu.ts';
import { cellText, words } from './cells.ts';

it.each([
  ['cell', cellText],
  ['heading', words],
])('a %s with marks without an end is read at once', (_what, read) => {
  const text = `a${'\u0301\u0327'.repeat(20_000)}`;
  const begun = process.cpuUsage();
  read(text);
  expect(cpuSince(begun)).toBeLessThan(500);
});
