import { expect, it } from 'vitest';
import { Notes } from './notes.ts';
import { statedPeriod } from './stated-period.ts';
import { View } from './view.ts';

const NEW_YORK = 'America/New_York';
const viewOf = (title: readonly string[]) =>
  new View(
    { sheet: null, headingRow: title.length + 1, columns: ['User email', 'Requests'], title, rows: [] },
    [],
    new Notes(),
  );

it.each([
  [['Claude usage', 'Period: October 1, 2026 - October 31, 2026'], NEW_YORK],
  [['Date range: 10/01/2026 00:00 - 10/31/2026 23:59'], NEW_YORK],
  [['From 2026-10-01 To 2026-10-31'], NEW_YORK],
  [['Oct 1 – Oct 31, 2026'], NEW_YORK],
  [['Billing period Oct 1, 2026 to Oct 31, 2026'], NEW_YORK],
  [['Start date: 10/1/2026', 'End date: 10/31/2026'], NEW_YORK],
  [['Month: October 2026'], NEW_YORK],
  [['Zeitraum: 01.10.2026 bis 31.10.2026'], 'Europe/Berlin'],
  [['Período: 01/10/2026 a 31/10/2026'], 'America/Sao_Paulo'],
  [['Période du 1er octobre 2026 au 31 octobre 2026'], 'Europe/Paris'],
  [['期間：2026年10月1日～2026年10月31日'], 'Asia/Tokyo'],
])('reads the period of %j', (title, zone) => {
  expect(statedPeriod([viewOf(title)], zone)).toEqual({ from: '2026-10-01', to: '2026-10-31' });
});

it.each([
  [['Generated 10/20/2026 - by Dana'], NEW_YORK],
  [['Showing 1-50 of 78'], NEW_YORK],
  // Nobody knows which of the two numbers is the month.
  [['Period: 03/04/2026 - 05/04/2026'], 'UTC'],
  [['Period: 2026-10-31 - 2026-10-01'], NEW_YORK],
  [['Period: 2026-10-01 - 2026-10-31', 'Compared with: 2026-09-01 - 2026-09-30'], NEW_YORK],
])('takes no period from %j', (title, zone) => {
  expect(statedPeriod([viewOf(title)], zone)).toBeNull();
});
