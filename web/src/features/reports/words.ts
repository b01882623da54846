import type { client as calls } from '../../api.ts';

export type Report = Awaited<ReturnType<typeof calls.reports.list>>['items'][number];
export type ReportDetail = Awaited<ReturnType<typeof calls.reports.get>>;
export type Schedule = Awaited<ReturnType<typeof calls.reports.schedules>>['items'][number];

export const CADENCES = ['weekly', 'monthly', 'quarterly'] as const satisfies readonly Schedule['cadence'][];

export const CADENCE_WORDS: Readonly<Record<Schedule['cadence'], string>> = {
  weekly: 'Every week',
  monthly: 'Every month',
  quarterly: 'Every quarter',
};

export const PAPERS = [
  { value: 'a4', label: 'A4' },
  { value: 'letter', label: 'Letter' },
] as const;

/** The files of a report: two for reading, and the full record for spreadsheets and programs. */
export const FILES = [
  { format: 'pdf', part: 'board', label: 'Board report (PDF)', for: 'six to nine pages of text, to print' },
  { format: 'html', part: 'board', label: 'Board report (web page)', for: 'the same report in a browser' },
  {
    format: 'pdf',
    part: 'appendix',
    label: 'Technician’s appendix (PDF)',
    for: 'every control, person and file',
  },
  {
    format: 'html',
    part: 'appendix',
    label: 'Technician’s appendix (web page)',
    for: 'the same content, with filters',
  },
  { format: 'xlsx', part: undefined, label: 'Excel workbook', for: 'for calculations' },
  { format: 'json', part: undefined, label: 'JSON', for: 'for programs' },
] as const;

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** "Every week on Monday", "Every month on day 1", "Every quarter on day 1 of January, April, July and October". */
export function scheduleText({ cadence, onDay }: Pick<Schedule, 'cadence' | 'onDay'>): string {
  switch (cadence) {
    case 'weekly':
      return `Every week on ${WEEKDAYS[onDay - 1] ?? `day ${onDay}`}`;
    case 'monthly':
      return `Every month on day ${onDay}`;
    case 'quarterly':
      return `On day ${onDay} of January, April, July and October`;
  }
}

/** Email addresses entered in one field. */
export function addressesOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
}
