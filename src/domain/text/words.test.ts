import { expect, it } from 'vitest';
import { checkedWords } from './words.ts';

it('says of a way through menus that nobody confirmed it since, once the look is more than a year old', () => {
  expect(checkedWords('2026-08-22', '2026-11-28')).toBe('verified 22 Aug 2026');
  expect(checkedWords('2025-11-28', '2026-11-28')).toBe('verified 28 Nov 2025');
  expect(checkedWords('2025-11-27', '2026-11-28')).toBe('not confirmed since 27 Nov 2025');
});
