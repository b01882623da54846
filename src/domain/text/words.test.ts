import { expect, it } from 'vitest';
import { checkedWords, count, names } from './words.ts';

it('says of a way through menus that nobody confirmed it since, once the look is more than a year old', () => {
  expect(checkedWords('2026-08-22', '2026-11-28')).toBe('verified 22 Aug 2026');
  expect(checkedWords('2025-11-28', '2026-11-28')).toBe('verified 28 Nov 2025');
  expect(checkedWords('2025-11-27', '2026-11-28')).toBe('not confirmed since 27 Nov 2025');
});

it('groups the digits of a large number, and counts one in the singular', () => {
  expect(count(1, 'member')).toBe('1 member');
  expect(count(999, 'member')).toBe('999 members');
  expect(count(2590, 'person', 'people')).toBe('2,590 people');
  expect(names(Array.from({ length: 1203 }, (_, at) => `P${at}`))).toBe('P0, P1, P2 and 1,200 more');
});

it('keeps people apart whose names have a comma of their own', () => {
  expect(names(['Egan, Ruth', 'Lee, Ann'])).toBe('Egan, Ruth; and Lee, Ann');
  expect(names(['Egan, Ruth', 'Lee, Ann', 'Roe, Jane', 'Ng, Bo', 'Ito, Aki'])).toBe(
    'Egan, Ruth; Lee, Ann; Roe, Jane; and 2 more',
  );
  expect(names(['Egan, Ruth'])).toBe('Egan, Ruth');
  expect(names(['Slack: send, read', 'Asana'])).toBe('Slack: send, read and Asana');
});
