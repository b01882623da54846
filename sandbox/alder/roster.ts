import writeXlsxFile from 'write-excel-file/node';
import { FORMER, LEAVERS, SEATED, type Staff, UNSEATED } from './people.ts';
import { shiftText } from './shift.ts';

/** HR's staff list: a title above the header row, typed date cells, and leavers kept for the year. */
export async function rosterXlsx(
  days = 0,
  people: readonly Staff[] = [...SEATED, ...UNSEATED, ...LEAVERS, ...FORMER],
): Promise<Uint8Array> {
  const everyone = people.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const bold = { fontWeight: 'bold' as const };
  const date = (day: string) =>
    day === ''
      ? null
      : { value: new Date(`${shiftText(day, days)}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  const rows = everyone.map((staff) => [
    staff.number,
    staff.name,
    staff.mail,
    staff.department,
    date(staff.starts),
    staff.ends === '' ? 'Employed' : 'Left',
    date(staff.ends),
  ]);
  const heading = [
    'Employee no.',
    'Name',
    'Work email',
    'Department',
    'Hire date',
    'Employment status',
    'Last working day',
  ];
  const result = writeXlsxFile(
    [
      [{ value: shiftText('Alder Society of Landscape Surveyors, staff as of 23 November', days), ...bold }],
      heading.map((value) => ({ value, ...bold })),
      ...rows,
    ],
    { sheet: 'Staff', columns: heading.map(() => ({ width: 22 })) },
  );
  return new Uint8Array(await result.toBuffer());
}
