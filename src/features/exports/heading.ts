import { DateTime } from 'luxon';
import type { TableHeading } from './table.ts';

/** The heading as terms with their words, the same in every form. */
export function headingLines(heading: TableHeading, rows: number): readonly (readonly [string, string])[] {
  const at = DateTime.fromJSDate(heading.at, { zone: heading.zone });
  return [
    ['List', heading.title],
    ['Client', heading.client ?? 'None; it is a list of the workspace'],
    ['Showing', heading.filter ?? 'Everything'],
    ['Rows', String(rows)],
    ['Taken', `${at.toFormat('d LLLL yyyy, HH:mm:ss', { locale: 'en' })} (${heading.zone})`],
    ['Taken by', heading.person],
  ];
}
