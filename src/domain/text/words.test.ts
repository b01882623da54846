import { expect, it } from 'vitest';
import { ask, questionText } from './message.ts';
import { checkedWords, count, dayWords, longDay, monthWords, names, shortDay } from './words.ts';

it('says that a menu path is not confirmed once it was checked more than a year ago', () => {
  expect(checkedWords('2026-08-22', '2026-11-28')).toBe('verified Aug 22, 2026');
  expect(checkedWords('2025-11-28', '2026-11-28')).toBe('verified Nov 28, 2025');
  expect(checkedWords('2025-11-27', '2026-11-28')).toBe('not confirmed since Nov 27, 2025');
});

it('groups the digits of a large number, and counts one in the singular', () => {
  expect(count(1, 'member')).toBe('1 member');
  expect(count(999, 'member')).toBe('999 members');
  expect(count(2590, 'person', 'people')).toBe('2,590 people');
  expect(names(Array.from({ length: 1203 }, (_, at) => `P${at}`))).toBe('P0, P1, P2 and 1,200 more');
});

it('separates people whose names contain a comma', () => {
  expect(names(['Egan, Ruth', 'Lee, Ann'])).toBe('Egan, Ruth; and Lee, Ann');
  expect(names(['Egan, Ruth', 'Lee, Ann', 'Roe, Jane', 'Ng, Bo', 'Ito, Aki'])).toBe(
    'Egan, Ruth; Lee, Ann; Roe, Jane; and 2 more',
  );
  expect(names(['Egan, Ruth'])).toBe('Egan, Ruth');
  expect(names(['Slack: send, read', 'Asana'])).toBe('Slack: send, read and Asana');
});

it('writes a day as Americans do, and any other text as it is', () => {
  expect(dayWords('2026-09-04')).toBe('Sep 4, 2026');
  expect(dayWords('2026-11-24T23:59:59Z')).toBe('Nov 24, 2026');
  expect(longDay('2026-11-24')).toBe('November 24, 2026');
  expect([monthWords('2026-05'), monthWords('2026-08-22')]).toEqual(['May 2026', 'Aug 22, 2026']);
  expect([shortDay('2026-11-24', '2026-01-01'), shortDay('2025-11-24', '2026-01-01')]).toEqual([
    'Nov 24',
    'Nov 24, 2025',
  ]);
  for (const text of ['', 'soon', '2026-13-01']) expect(dayWords(text)).toBe(text);
});

it('separates days, which contain a comma', () => {
  expect(names(['Nov 3, 2026', 'Nov 4, 2026'])).toBe('Nov 3, 2026 and Nov 4, 2026');
  expect(names(['A on Nov 3, 2026', 'B on Nov 4, 2026', 'C'])).toBe(
    'A on Nov 3, 2026; B on Nov 4, 2026; and C',
  );
});

it('asks once what two controls ask in the same words', () => {
  const asks = ['CLA-ACC-01', 'CLA-ACC-05'].map((id) => ask('charter', 'notes', 'Name the owner.', id));
  expect(questionText([...asks, ask('source', 'members', 'Export the members.')], 'file')).toBe(
    'Name the owner. Or: Export the members.',
  );
});

it('asks in the console without commands and keys, and for seats by their name', () => {
  const again = ask(
    'source',
    'members',
    'Import it once more and choose its kind manually, or on the command line --map "members=b.csv" --map "members=c.csv".',
  );
  expect(questionText([again], 'console')).toBe('Import it once more and choose its kind manually.');
  expect(questionText([again], 'file')).toContain('--map "members=c.csv"');
  const seats = ask('profile', 'claudeSeats', 'State it as `claudeSeats` in the profile.');
  expect(questionText([seats], 'console')).toBe('Enter the number of seats bought in the client’s settings.');
});
