import { describe, expect, it } from 'vitest';
import type { Cell } from '../file-kind.ts';
import { orderOfZone, readDates } from './date-column.ts';
import { readDate, readInstant } from './dates.ts';
import { datesInName, monthInName } from './name-dates.ts';

const NEW_YORK = 'America/New_York';

function column(cells: readonly Cell[], zone = NEW_YORK) {
  const { days, notes } = readDates(
    [{ column: 'End date', cells: cells.map((cell, index) => ({ row: index + 2, cell })) }],
    zone,
  );
  return { days: days[0], notes: notes.map(({ row, says }) => (row === null ? says : `${row}: ${says}`)) };
}

describe('one date', () => {
  it.each<[Cell, string]>([
    ['2026-11-24', '2026-11-24'],
    ['2026-11-24T23:30:00', '2026-11-24'],
    ['2026-05-01T02:00:00Z', '2026-04-30'],
    ['2026-05-01 02:00:00 UTC', '2026-04-30'],
    ['2026-05-01T02:00:00+02:00', '2026-04-30'],
    ['2026/11/24', '2026-11-24'],
    // As Google Forms writes the times of answers.
    ['2026/11/24 3:00:05 PM GMT-5', '2026-11-24'],
    ['2026/11/24 3:00:05 PM GMT+5:30', '2026-11-24'],
    ['2026/11/24 3:00:05 PM EST', '2026-11-24'],
    ['11/24/2026', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['24.11.2026', '2026-11-24'],
    ['11/24/2026 3:45 PM', '2026-11-24'],
    ['11/24/2026 | 02:14:22 pm', '2026-11-24'],
    ['2026-11-24 à 9 h 15', '2026-11-24'],
    ['24-Nov-26', '2026-11-24'],
    ['Nov 24, 2026', '2026-11-24'],
    ['November 24th 2026', '2026-11-24'],
    ['Tuesday, November 24, 2026', '2026-11-24'],
    ['24 Sept 2026', '2026-09-24'],
    ['24 déc. 2026', '2026-12-24'],
    ['3. März 2026', '2026-03-03'],
    ['Wed Nov 25 2026 10:00:00 GMT-0500 (Eastern Standard Time)', '2026-11-25'],
    ['05/05/2026', '2026-05-05'],
    ['20261124', '2026-11-24'],
    [46350, '2026-11-24'],
    [46350.75, '2026-11-24'],
    ['1780000000', '2026-05-28'],
  ])('%s is %s', (cell, day) => {
    expect(readDate(cell, NEW_YORK)).toMatchObject({ day });
  });

  it.each<[Cell]>([
    ['02/30/2026'],
    ['2026-02-30'],
    ['13/13/2026'],
    ['garbage'],
    ['Nov 2026'],
    ['46350'],
    [17],
    ['2026'],
    ['1/2'],
  ])('%s is none', (cell) => {
    expect(readDate(cell, NEW_YORK).is).toBe('unreadable');
  });
});

it.each(['12/31/9999', '31.12.9999', '9999-12-31'])('%s stands for no day', (text) => {
  expect(readDate(text, NEW_YORK)).toEqual({ is: 'none', word: text });
});

describe('a column of dates', () => {
  it('takes the order that its own values show', () => {
    expect(column(['03/04/2026', '03/25/2026'])).toEqual({ days: ['2026-03-04', '2026-03-25'], notes: [] });
    expect(column(['03/04/2026', '25/03/2026'])).toEqual({ days: ['2026-04-03', '2026-03-25'], notes: [] });
  });

  it('uses the order of the client if no value shows it, and says so', () => {
    expect(column(['03/04/2026'])).toEqual({
      days: ['2026-03-04'],
      notes: [
        'Dates such as 03/04/2026 were read month first, since no value says and the client is in America/New_York.',
      ],
    });
    expect(column(['03/04/2026'], 'Europe/London').days).toEqual(['2026-04-03']);
    expect(column(['03.04.2026']).days).toEqual(['2026-04-03']);
  });

  it('guesses nothing if neither a value nor the zone shows it', () => {
    const { days, notes } = column(['03/04/2026', '05/05/2026'], 'UTC');
    expect(days).toEqual([null, '2026-05-05']);
    expect(notes).toEqual([
      '2: The date can be 2026-04-03 or 2026-03-04: no value says whether day or month comes first, and the time zone UTC names no country. Stored as empty.',
    ]);
  });

  it('reads of a column in both orders only what can be read in one way', () => {
    const { days, notes } = column(['03/25/2026', '25/03/2026', '03/04/2026']);
    expect(days).toEqual(['2026-03-25', '2026-03-25', null]);
    expect(notes).toEqual([
      '4: The date can be 2026-04-03 or 2026-03-04: this column holds dates in both orders. Stored as empty.',
    ]);
  });

  it('uses the order that another date column of the table shows', () => {
    const { days } = readDates(
      [
        { column: 'Start', cells: [{ row: 2, cell: '25/03/2020' }] },
        { column: 'End', cells: [{ row: 2, cell: '03/04/2026' }] },
      ],
      NEW_YORK,
    );
    expect(days).toEqual([['2020-03-25'], ['2026-04-03']]);
  });

  it('says once that words are no dates, and of each cell that cannot be read', () => {
    const { days, notes } = column(['never', 'Never', 'n/a', '', 'soon', null]);
    expect(days).toEqual([null, null, null, null, null, null]);
    expect(notes).toEqual([
      '“never” is not a date. Stored as empty in 2 rows.',
      '“n/a” is not a date. Stored as empty.',
      '6: “soon” is not a date that Bylaw can read. Stored as empty.',
    ]);
  });

  it('knows whose zones write the month first', () => {
    expect(
      ['America/Chicago', 'US/Eastern', 'America/Indiana/Knox', 'America/Toronto'].map(orderOfZone),
    ).toEqual(Array(4).fill('month first'));
    expect(
      ['America/Montreal', 'America/Mexico_City', 'Europe/Berlin', 'Asia/Tokyo'].map(orderOfZone),
    ).toEqual(Array(4).fill('day first'));
    expect(['UTC', 'Etc/GMT+5', 'GMT'].map(orderOfZone)).toEqual([null, null, null]);
  });
});

describe('dates elsewhere', () => {
  it('finds them in names', () => {
    expect(datesInName('a 2026-01-01/spend-report-2026-10-01-to-2026-10-31.csv')).toEqual([
      '2026-10-01',
      '2026-10-31',
    ]);
    for (const name of ['2026-11-18..12-02', '2026-11-18 to 12-02', '2026-11-18–12-02', '2026-11-18 - 12-02'])
      expect(datesInName(`sign-ins ${name}.json`)).toEqual(['2026-11-18', '2026-12-02']);
    expect(datesInName('usage 2026-12-20..01-10.csv')).toEqual(['2026-12-20', '2027-01-10']);
    expect(datesInName('usage 2026-11-18-12-02.csv')).toEqual(['2026-11-18']);
    expect(datesInName('usage 2026-11-18..12-40.csv')).toEqual(['2026-11-18']);
    expect(datesInName('20261102_members.csv')).toEqual(['2026-11-02']);
    // A live reading in the evening of the East Coast, when it is tomorrow in UTC.
    expect(datesInName('members-20261126-041600z.json', 'America/New_York')).toEqual(['2026-11-25']);
    expect(datesInName('members-20261126-041600z.json')).toEqual(['2026-11-26']);
    expect(datesInName('Roster Nov 2nd, 2026.xlsx')).toEqual(['2026-11-02']);
    expect(datesInName('roster 31.10.2026.xlsx')).toEqual(['2026-10-31']);
    expect(datesInName('roster 03-04-2026 v20260.xlsx')).toEqual([]);
    expect(datesInName('export-1234567890123.csv')).toEqual([]);
    expect(datesInName('roster 03-04-2026.xlsx', NEW_YORK)).toEqual(['2026-03-04']);
    const saved = '2026-11-23';
    expect(monthInName('2026-03/members.csv', saved)).toBe('2026-03-31');
    expect(monthInName('members Feb 2026 (2).csv', saved)).toBe('2026-02-28');
    expect(monthInName('members-2026-03-15.csv', saved)).toBeNull();
    expect(monthInName('members (October).csv', saved)).toBe('2026-10-31');
    expect(monthInName('December/members.csv', saved)).toBe('2025-12-31');
    expect(monthInName('Jan and May.csv', saved)).toBeNull();
  });

  it('reads instants as UTC', () => {
    expect(readInstant('2026-05-01T09:00:00.123456Z', NEW_YORK)).toBe('2026-05-01T09:00:00.123456Z');
    expect(readInstant('2026-05-01 09:00:00+02:00', NEW_YORK)).toBe('2026-05-01T07:00:00Z');
    expect(readInstant('2026-05-01T09:00:00', NEW_YORK)).toBe('2026-05-01T13:00:00Z');
    expect(readInstant('5/1/2026 9:00', NEW_YORK)).toBeNull();
    // JavaScript makes 1 December of it.
    expect(readInstant('2026-11-31T09:00:00Z', NEW_YORK)).toBeNull();
    expect(readInstant('2026-13-01T09:00:00Z', NEW_YORK)).toBeNull();
  });
});
