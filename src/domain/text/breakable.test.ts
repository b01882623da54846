import { expect, it } from 'vitest';
import { breakablePieces } from './breakable.ts';

it('lets the lines of a long word end at its joints, of an address after its @ first', () => {
  expect(breakablePieces('short words stay')).toEqual(['short words stay']);
  expect(breakablePieces('to teodor.brandt@alder.example.org')).toEqual([
    'to teodor.brandt@',
    'alder.example.org',
  ]);
  expect(breakablePieces('outlook_calendar_search')).toEqual(['outlook_', 'calendar_', 'search']);
  expect(breakablePieces(`${'a'.repeat(20)}${'b'.repeat(20)}`)).toEqual([
    'a'.repeat(16),
    `aaaa${'b'.repeat(12)}`,
    'b'.repeat(8),
  ]);
});
