import type { Kind } from '#domain/model/kinds.ts';
import { type Period, periodText } from '#domain/model/period.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Note, Parsed } from '../file-kind.ts';

/** Logs whose figures are meaningless without the days that they cover. */
const FIGURES: ReadonlySet<Kind> = new Set([
  'usage',
  'analytics_users',
  'analytics_connectors',
  'analytics_summaries',
]);

function isOfPeriod(kind: Kind): boolean {
  return FIGURES.has(kind) || kind === 'ai_traffic';
}

/** Whether a file has figures but not the days that they cover, so that a person has to state them. */
export function lacksPeriod({ kind, rows, covers }: Pick<Parsed, 'kind' | 'rows' | 'covers'>): boolean {
  if (covers !== undefined) return false;
  // A list of discovered apps without any AI tool says something of its days, too.
  return (FIGURES.has(kind) && rows.length > 0) || kind === 'ai_traffic';
}

/** Whether the days that a reading covers are those that a person gave, and not its own. */
export function hasPeriodGiven(parsed: Parsed, stated: Period | undefined): stated is Period {
  const { covers, observedOn, kind } = parsed;
  if (stated === undefined || covers === undefined || observedOn !== null || !isOfPeriod(kind)) return false;
  return covers.from === stated.from && covers.to === stated.to;
}

/** Gives a file the days that a person says it covers; days that the file states itself stay. Asks where none are known. */
export function withPeriod(parsed: Parsed, stated: Period | undefined): Parsed {
  if (!isOfPeriod(parsed.kind)) return stated === undefined ? parsed : noted(parsed, NO_FIGURES);
  if (!lacksPeriod(parsed)) {
    const own = parsed.covers;
    return stated === undefined || own === undefined || periodText(own) === periodText(stated)
      ? parsed
      : noted(
          parsed,
          `The file itself says that it covers ${dayWords(own.from)} to ${dayWords(own.to)}. The period that was given, ${dayWords(stated.from)} to ${dayWords(stated.to)}, was not used.`,
        );
  }
  return stated === undefined
    ? noted(
        parsed,
        'Which days do these figures cover? Neither the file nor its name says, so they are not used for answers that need a period. Give the first and the last day: in the console under Imports, or with --period FILE=2026-11-01..2026-11-24.',
      )
    : { ...parsed, covers: { from: stated.from, to: stated.to } };
}

const NO_FIGURES = 'A period was given for this file. A file of this kind needs none, so it was not used.';

function noted(parsed: Parsed, says: string): Parsed {
  const note: Note = { row: null, column: null, says };
  return { ...parsed, notes: [...parsed.notes, note] };
}
