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

export const FILE_FORMATS = [
  { format: 'pdf', label: 'PDF', for: 'to print and to hand out' },
  { format: 'html', label: 'Web page', for: 'a single file that opens anywhere' },
  { format: 'xlsx', label: 'Excel workbook', for: 'to calculate with' },
  { format: 'json', label: 'JSON', for: 'for programs' },
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

/** Email addresses that someone wrote into one field. */
export function addressesOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
}
