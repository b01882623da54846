import { describe, expect, it } from 'vitest';
import type { Table } from '../file-kind.ts';
import { readDelimited } from '../read/csv.ts';
import { roster } from './roster.ts';

describe('sheets of one workbook', () => {
  const sheet = (name: string, people: readonly string[], title: readonly string[] = []) => ({
    ...readDelimited(
      Buffer.from(
        ['Name,Email,Status', ...people.map((one) => `${one},${one}@alder.example.org,Active`)].join('\n'),
      ),
    ),
    sheet: name,
    title,
  });
  const namesIn = (...tables: Table[]) =>
    roster
      .parse(
        { form: 'table', tables },
        { file: 'staff.xlsx', timezone: 'UTC', domains: ['alder.example.org'], today: '2026-11-24' },
      )
      .flatMap(({ rows }) => rows.map((one) => ('name' in one ? one.name : null)));
  const before = ['Ann', 'Ben', 'Cy', 'Di'];
  const now = ['Ann', 'Ben', 'Cy'];

  it.each([
    ['Current', 'Old'],
    ['Staff', 'Archive'],
    ['Staff 2026', 'Staff 2025'],
    ['Aktuell', '2025'],
    ['November 2026', 'August 2026'],
  ])('of the same people: takes “%s” and not "%s"', (current, earlier) => {
    expect(namesIn(sheet(current, now), sheet(earlier, before))).toEqual(now);
    expect(namesIn(sheet(earlier, before), sheet(current, now))).toEqual(now);
  });

  it('takes the newer one by the line above its table', () => {
    expect(namesIn(sheet('A', before, ['As of 2026-06-30']), sheet('B', now, ['As of 2026-11-20']))).toEqual(
      now,
    );
  });

  it('asks where they differ and nothing says which is newer', () => {
    expect(() => namesIn(sheet('A', before), sheet('B', [...now, 'Ed']))).toThrow(
      /list mostly the same people/,
    );
  });

  it('reads sheets of different people, and a part beside all', () => {
    expect(namesIn(sheet('Old office', ['Ed', 'Flo']), sheet('Current', now))).toHaveLength(5);
    expect(namesIn(sheet('Everybody', before), sheet('Managers', ['Ann', 'Ben']))).toHaveLength(4);
  });
});
