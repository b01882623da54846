import type { client as calls } from '../../api.ts';

export type Removal = Pick<
  Awaited<ReturnType<typeof calls.settings.previewRetention>>,
  'readings' | 'files' | 'reports' | 'bytes' | 'lines' | 'stays'
>;
export type Keep = Awaited<ReturnType<typeof calls.settings.get>>['retention']['readings'];
export interface Keeping {
  readonly readings: Keep;
  readonly reports: Keep;
}

const ORDER: readonly Keep[] = ['13', '25', '37', '61', 'forever'];

const MEANS: Readonly<Record<Keep, string>> = {
  '13': '13 months',
  '25': '25 months (2 years)',
  '37': '37 months (3 years)',
  '61': '61 months (5 years)',
  forever: 'Permanently',
};

/** A retention period within a sentence. */
export function keepWords(keep: Keep): string {
  return MEANS[keep].toLowerCase();
}

/** Options in months; `workspace` comes first if a client may use the workspace's retention. */
export function choices(workspace?: Keep): { value: string; label: string }[] {
  return [
    ...(workspace === undefined
      ? []
      : [{ value: 'workspace', label: `As for all clients (${keepWords(workspace)})` }]),
    ...ORDER.map((value) => ({ value, label: MEANS[value] })),
  ];
}

/** Whether something would be kept for a shorter time than before, so that things may be removed. */
export function isShorter(before: Keeping, after: Keeping): boolean {
  const less = (a: Keep, b: Keep) => ORDER.indexOf(b) < ORDER.indexOf(a);
  return less(before.readings, after.readings) || less(before.reports, after.reports);
}

export function keepOf(text: string): Keep {
  return ORDER.find((keep) => keep === text) ?? 'forever';
}

export function removesNothing({ readings, files, reports }: Removal): boolean {
  return readings + files + reports === 0;
}

/** What is old enough for removal but is kept, each with the reason. */
export function staysWords({ stays }: Removal): string[] {
  const line = (n: number, why: string) =>
    n === 0 ? [] : [`${n} ${n === 1 ? 'reading is kept' : 'readings are kept'}: ${why}.`];
  return [
    ...line(stays.report, 'a report being kept is based on the file'),
    ...line(stays.named, 'a statement, a document or an open import names the file'),
    ...line(stays.verdict, 'a current verdict would change without it'),
    ...line(stays.together, 'something else in the same archive is still needed'),
  ];
}
