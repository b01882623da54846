import { observedOn as observed } from '#domain/decide/observed-on.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Report } from '../model.ts';

/** Words for the codes of the report model, the same in HTML, PDF and XLSX. */

export const TITLE = 'Claude AI governance report';

/** The second file of a report: everything that its record holds. */
export const APPENDIX_TITLE = 'Technician’s appendix';

/** Heading of the complete list of decisions, of which the board’s report shows the first. */
export const DECISIONS_TITLE = 'Decisions for the board';

export const EXCEPTION_WORDS = {
  in_force: 'In force',
  ended: 'Ended',
  not_yet: 'Not yet in force',
  not_signed: 'Not signed',
} as const;

export const HAS_WORDS = {
  yes: 'Included here',
  no: 'Not included here',
  unknown: 'Not known here',
} as const;

export const OUTCOME_WORDS: Readonly<Record<Report['files'][number]['outcome'], string>> = {
  taken: 'Read',
  replaced: 'Older than another file of its kind',
  malformed: 'Refused',
  not_placed: 'Not placed',
  document: 'Read',
  proof: 'Kept as proof',
  ignored: 'Left out',
};

const DATE_FROM = {
  content: 'the file states it',
  stated: 'entered by hand',
  name: 'from the file name',
  saved: 'the day it was saved',
} as const;

export function dateFromWords(from: Report['files'][number]['dateFrom']): string | null {
  return from === null ? null : DATE_FROM[from];
}

/** The day on which a control was observed, as every page shows it. Reports of an earlier release do not carry it. */
export function observedOn(control: Report['controls'][number]): string | null {
  if (control.observedOn !== undefined) return control.observedOn;
  return observed({
    evidence: control.observations,
    items: control.items.map(({ observations }) => ({ evidence: observations })),
  });
}

/** "Tess Technician, due December 1, 2026", as a control was assigned in the console; null: to no one, without a day. */
export function assignedWords({ assigned }: Report['controls'][number]): string | null {
  if (assigned == null) return null;
  const due = assigned.due === null ? 'no date was set' : `due ${dayWords(assigned.due)}`;
  return `${assigned.to ?? 'no one'}, ${due}`;
}

/** In place of that day: it was decided by what people recorded, such as the charter, or nothing was read for it. */
export function unseenWords({ observations, items }: Report['controls'][number]): string {
  const none = observations.length === 0 && items.every((item) => item.observations.length === 0);
  return none ? 'Never observed' : 'From records';
}
