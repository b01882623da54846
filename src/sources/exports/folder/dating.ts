import { DateTime } from 'luxon';
import type { Journal } from '#domain/model/journal.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { DateFrom } from '#domain/model/reading.ts';
import { datesInName, monthInName } from '../table/name-dates.ts';

export interface DateEvidence {
  readonly kind: Kind;
  readonly file: string;
  readonly content: string | null;
  readonly modified: Date;
  /** true: no other file of the folder is of this kind, so what the journal says of the kind is about this file. */
  readonly onlyOfKind: boolean;
}

/** Lists of how things are: one named after a month is of that month. A list of figures or of a policy may name another. */
const BY_MONTH: ReadonlySet<Kind> = new Set([
  'members',
  'roster',
  'connectors',
  'domain_memberships',
  'entra_users',
  'entra_groups',
  'ca_policies',
  'settings',
]);

/**
 * The day as of which a file speaks: the oldest that anything tells, since a copy, a download or a name can be newer than
 * the export but not older. A modification day after today says nothing about the export and counts only where nothing
 * else does; a content, a journal entry or a name that says "after today" is believed, and the decision leaves the file out.
 */
export function observedOn(
  evidence: DateEvidence,
  journal: Journal | null,
  zone: string,
  today: string,
): { day: string; from: DateFrom } {
  const { content, kind, file } = evidence;
  const byFile = stated(journal, (what) => isFile(what, file));
  const byKind = stated(journal, (what) => what === kind);
  const own = byFile ?? (evidence.onlyOfKind ? byKind : null);
  if (content !== null && content > today) return { day: content, from: 'content' };
  if (own !== null && own > today && (content === null || content >= own))
    return { day: own, from: 'stated' };

  const saved = DateTime.fromJSDate(evidence.modified, { zone }).toFormat('yyyy-MM-dd');
  // Of a name with several dates, as "2026-10-01 to 2026-10-31", the last one is closest to the export.
  const month = BY_MONTH.has(kind) ? monthInName(file, saved) : null;
  const named = datesInName(file, zone).sort().at(-1) ?? (month === null ? null : soFar(month, today));
  // A list that its name dates ahead is a plan, or a copy of what is to come.
  if (named !== null && named > today && named > saved) return { day: named, from: 'name' };
  const known: { day: string; from: DateFrom }[] = [];
  if (content !== null) known.push({ day: content, from: 'content' });
  // Of several exports of a kind the journal names only the kind; none can be newer than the last of them.
  const last = byFile ?? byKind;
  if (last !== null) known.push({ day: last, from: 'stated' });
  if (named !== null) known.push({ day: named, from: 'name' });
  if (saved <= today) known.push({ day: saved, from: 'saved' });
  const oldest = known.reduce<{ day: string; from: DateFrom } | null>(
    (a, b) => (a === null || b.day < a.day ? b : a),
    null,
  );
  return oldest ?? { day: today, from: 'saved' };
}

/** The last day of a month, or today where the month is not over: what is of this month is of no day to come. */
function soFar(lastDay: string, today: string): string {
  return lastDay.slice(0, 7) === today.slice(0, 7) ? today : lastDay;
}

/** The day as of which a file speaks that could not be read, by its name and by when it was saved. */
export function dayOfUnread(file: string, modified: Date, zone: string, today: string): string {
  return observedOn({ kind: 'usage', file, content: null, modified, onlyOfKind: false }, null, zone, today)
    .day;
}

/** The last day that the journal gives for an export. */
function stated(journal: Journal | null, fits: (what: string) => boolean): string | null {
  const days = (journal?.exported ?? [])
    .filter(({ what }) => fits(what))
    .map(({ on }) => on)
    .sort();
  return days.at(-1) ?? null;
}

/** What the journal dates as exported that is neither a kind nor one of the files, so that its day counts for nothing. */
export function datesNothing(journal: Journal | null, files: readonly string[]): string[] {
  return (journal?.exported ?? []).flatMap(({ what }) =>
    Object.hasOwn(KINDS, what) || files.some((file) => isFile(what, file)) ? [] : [what],
  );
}

function isFile(what: string, file: string): boolean {
  const wanted = what.toLowerCase().replaceAll('\\', '/').replace(/^\.\//, '');
  const path = file.toLowerCase();
  return path === wanted || path.endsWith(`/${wanted}`);
}
