import { describe, expect, it } from 'vitest';
import { staffOn } from '#domain/people/staff.ts';
import type { Content, Parsed } from '../file-kind.ts';
import { reading } from '../table/testing.ts';
import { roster } from './roster.ts';

const TODAY = '2026-11-24';

/** Who works here according to a roster with one additional column: true, false, or null if unknown. */
function works(
  column: string,
  cells: readonly string[],
  { before = 'Termination date', said = '' }: { before?: string; said?: string } = {},
): (boolean | null)[] {
  const { rows } = reading(roster, [
    `Name,Work email,Hire date,${before},${column}`,
    ...cells.map((cell, n) => `Ann Lee${n},p${n}@alder.example.org,2020-01-06,${said},${cell}`),
  ]);
  return rows.map(staffOn(rows, TODAY));
}
const withStatus = { before: 'Status', said: 'Active' };

describe('a further column that speaks against somebody still working here', () => {
  it.each([
    ['Reason', 'New job'],
    ['Term Rsn', 'VOL'],
    ['Sep Cd', 'V'],
    ['Change Reason', 'Voluntary quit'],
    ['Leave Reason', 'Retired'],
  ])('asks about a reason for leaving below “%s”: %s', (column, reason) => {
    expect(works(column, ['', '', reason], withStatus)).toEqual([true, true, null]);
  });
  it.each([
    ['Reason', 'New hire'],
    ['Change Reason', 'Merit increase'],
    ['Leave Reason', 'Medical'],
  ])('knows a reason for something else below “%s”: %s', (column, reason) => {
    expect(works(column, ['', '', reason], withStatus)).toEqual([true, true, true]);
  });

  it.each([
    'FTE',
    'FTE %',
    'Hours/week',
    'Scheduled hours',
    'Work percentage',
    'Beschäftigungsgrad',
    'Taux d’emploi',
    'Jornada',
  ])('of no hours below “%s” it is not known whether the person works here', (column) => {
    for (const none of ['0', '0.00', '0%'])
      expect(works(column, ['100', '50', '100', none, ''])).toEqual([true, true, true, null, true]);
    // A status says more than the hours, and a column of zeros is one that nobody fills in.
    expect(works(column, ['100', '50', '100', '0'], withStatus)).toEqual([true, true, true, true]);
    expect(works(column, ['0', '0', '0'])).toEqual([true, true, true]);
  });

  it('knows people who have no hours until they are called, and hours that were not worked', () => {
    for (const type of ['PRN', 'Per diem', 'On call', 'Volunteer'])
      expect(works('FTE,Employment type', ['1,Full-time', `0,${type}`, '0,Full-time'])).toEqual([
        true,
        true,
        null,
      ]);
    for (const column of ['Vacation hours', 'Overtime hours per week', 'Hours used YTD', 'Salary'])
      expect(works(column, ['40', '0', '8'])).toEqual([true, true, true]);
  });

  it.each(['Email status', 'Mailbox', 'Badge', 'AD account', 'Login'])(
    'reads of leaving below “%s”',
    (column) => {
      const cells = ['active', 'active', 'active', 'disabled - left org'];
      expect(works(column, cells)).toEqual([true, true, true, null]);
      expect(works(column, cells, withStatus)).toEqual([true, true, true, null]);
      // Somebody on leave may have no access.
      const off = ['active', 'active', 'active', 'disabled'];
      expect(works(column, off)).toEqual([true, true, true, column === 'Badge' ? true : null]);
      expect(works(column, off, withStatus)).toEqual([true, true, true, true]);
    },
  );

  it('asks about letters that may be a status, and about no others', () => {
    const letters = ['A', 'A', 'A', 'T', 'L'];
    for (const column of ['Disp', 'Code', 'Cls', 'Type'])
      expect(works(column, letters)).toEqual([true, true, true, null, null]);
    for (const [column, cells] of [
      ['Shift', letters],
      ['Blood type', ['A', 'A', 'B', 'O']],
      ['Code', ['A', 'B', 'C']],
      ['Team', ['A', 'A', 'T']],
    ] as const)
      expect(works(column, cells)).toEqual(cells.map(() => true));
    expect(works('Code', letters, withStatus)).toEqual(letters.map(() => true));
  });

  it.each([
    ['Reason for leaving', 'Voluntary'],
    ['Termination code', 'VOL'],
    ['Separation type', 'Involuntary'],
    ['Rehire eligible', 'No'],
    ['COBRA', 'Y'],
    ['Final check date', '9/15/2026'],
    ['Austrittsgrund', 'Kündigung'],
    ['Motif de départ', 'Démission'],
    ['Motivo de baja', 'Renuncia'],
    ['Inactive', 'Yes'],
    ['Separated?', 'Y'],
    ['Ausgeschieden', 'ja'],
    ['Date inactive', '10/15/2026'],
    ['Exit', '15-Oct-2026'],
    ['Sep. date', '46310'],
    ['Off payroll', '2026-10-15'],
    ['Notes', 'Position eliminated'],
    ['Notes', 'RIP'],
    ['Notes', 'Replaced by Dana in October'],
    ['Notes', 'Accepted another job'],
    ['Notes', 'exit interview done'],
    ['Comments', 'Final paycheck 10/30'],
    ['Out', '10/15/2026'],
    ['Out', 'Yes'],
    ['DOT', '10/15/2026'],
    ['Ex', 'x'],
    ['LWD', '15-Oct-2026'],
    ['Reason', 'Better offer'],
    ['Notes', 'laptop returned 10/16'],
    ['Notes', 'turned in her keys and badge'],
    ['Notes', 'contractor now'],
    ['Notes', 'converted to 1099'],
    ['Notes', 'mail forwarded to Ana'],
    ['Aktiv', 'nein'],
    ['Actif', 'non'],
  ])('of “%s: %s” beside an active status it is not known which of them is right', (column, cell) => {
    expect(works(column, ['', '', cell, ''], withStatus)).toEqual([true, true, null, true]);
    expect(works(column, ['', '', cell, ''])).toEqual([true, true, null, true]);
  });

  it('gives the day of a column that may be the last day of work as a day', () => {
    const { rows } = reading(roster, [
      'Name,Work email,Hire date,Status,Outprocessing date',
      'Ann Lee,ann@alder.example.org,2020-01-06,,10/5/2026',
      'Bo Kim,bo@alder.example.org,2020-01-06,Active,',
      'Cy Orr,cy@alder.example.org,2020-01-06,Active,',
    ]);
    expect(rows[0]?.unsure).toMatchObject({ code: 'unknown_column', text: '2026-10-05' });
  });

  it('asks about garden leave and about volunteers, who may not be employees any more', () => {
    const rows = (status: string) => works('Title', ['Clerk'], { before: 'Status', said: status });
    expect([rows('Garden leave'), rows('Volunteer'), rows('Maternity leave')]).toEqual([
      [null],
      [null],
      [true],
    ]);
  });

  it('leaves reasons and notes that are about something else', () => {
    for (const reason of ['New hire', 'Promotion', 'Annual review', 'N/A'])
      expect(works('Reason', ['', '', reason, ''], withStatus)).toEqual([true, true, true, true]);
    for (const note of ['laptop returned from repair', 'was a contractor before', 'new badge issued'])
      expect(works('Notes', ['', '', note, ''], withStatus)).toEqual([true, true, true, true]);
    expect(works('Out', ['No', 'No', 'No'], withStatus)).toEqual([true, true, true]);
  });

  it('leaves what nearly everyone has, what answers with no, and what is left of an earlier employment', () => {
    expect(works('Rehire eligible', ['Yes', 'Yes', 'Yes'], withStatus)).toEqual([true, true, true]);
    expect(works('Inactive', ['No', 'N', 'false'], withStatus)).toEqual([true, true, true]);
    expect(works('Last paid', ['11/15/2026', '11/15/2026', '11/15/2026'], withStatus)).toEqual([
      ...[true, true, true],
    ]);
    expect(works('Notes', ['Replaced Dana who left', 'Trip approved', ''], withStatus)).toEqual([
      ...[true, true, true],
    ]);
    expect(works('Separated?', ['N', 'N', 'N'], withStatus)).toEqual([true, true, true]);
    expect(works('Termination reason', ['', '', 'None'], withStatus)).toEqual([true, true, true]);
    const { rows } = reading(roster, [
      'Name,Work email,Status,Hire date,Rehire date,Termination reason',
      'Ann Lee,ann@alder.example.org,Active,2015-01-06,2024-02-01,Voluntary',
      'Bo Kim,bo@alder.example.org,Active,2015-01-06,,',
    ]);
    expect(rows.map(staffOn(rows, TODAY))).toEqual([true, true]);
  });
});

describe('a column of yes and no that a person chooses as the status', () => {
  const chosen = (heading: string, cells: readonly (string | boolean)[]) => {
    const columns = ['Name', 'Work email', heading];
    const rows = cells.map((cell, n) => ({
      row: n + 2,
      cells: [`Ann Lee${n}`, `p${n}@alder.example.org`, cell],
    }));
    const [parsed] = roster.parse(
      { form: 'table', tables: [{ columns, rows, headingRow: 1 }] } as unknown as Content,
      {
        file: 'file.xlsx',
        timezone: 'America/New_York',
        domains: ['alder.example.org'],
        today: TODAY,
        columns: { [heading]: 'status' },
      },
    ) as readonly Parsed<'roster'>[];
    return parsed?.rows.map(staffOn(parsed.rows, TODAY));
  };

  it.each(['Inactive', 'Is inactive', 'Terminated?', 'Separated', 'No longer employed'])(
    'reads “%s: yes” as somebody who has left, whether a text or a cell with a truth value',
    (heading) => {
      expect(chosen(heading, ['FALSE', 'TRUE'])).toEqual([true, false]);
      expect(chosen(heading, [false, true])).toEqual([true, false]);
    },
  );

  it('reads “Employed: yes” as somebody who works here', () => {
    expect(chosen('Employed', ['Y', 'N'])).toEqual([true, false]);
    expect(chosen('Employed', [true, false])).toEqual([true, false]);
  });

  it('does not guess what a truth value below another heading means', () => {
    expect(chosen('Archived', [false, true])).toEqual([null, null]);
  });
});

describe('a status that says that somebody is gone, before the last day', () => {
  const read = (status: string, lastDay: string) =>
    reading(roster, [
      'Name,Work email,Hire date,Status,Termination date',
      `Ann Lee,ann@alder.example.org,2020-01-06,${status},${lastDay}`,
      'Bo Kim,bo@alder.example.org,2020-01-06,Active,',
    ]).rows;

  it.each(['Terminated', 'Left', 'Inactive', 'Former employee'])('“%s” contradicts it', (status) => {
    const rows = read(status, '2026-12-31');
    expect(rows[0]?.unsure).toMatchObject({ code: 'ahead', text: status });
    expect(rows.map(staffOn(rows, TODAY))).toEqual([null, true]);
    // After that day both say the same.
    expect(rows.map(staffOn(rows, '2027-01-04'))).toEqual([false, true]);
  });

  it.each(['Resigned', 'Retired', 'Pending termination', 'Active'])('“%s” announces it', (status) => {
    const rows = read(status, '2026-12-31');
    expect(rows.map(staffOn(rows, TODAY))).toEqual([true, true]);
  });
});
