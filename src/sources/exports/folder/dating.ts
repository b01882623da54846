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
  /** Whether it is the folder's only file of this kind, so that what the journal says about the kind refers to it. */
  readonly onlyOfKind: boolean;
}

/**
 * Lists of a state, which are of the month after which they are named. Lists of figures or of a policy may name another
 * month.
 */
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
 * Day that a file describes: the oldest of all indications, since a copy, a download or a name can be newer than the
 * export but not older. A modification time after today is used only if there is nothing else. A future day in the
 * content, the journal or the name is accepted, and evaluation ignores the file.
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
  // In a name with several dates, such as "2026-10-01 to 2026-10-31", the last one is closest to the export.
  const month = BY_MONTH.has(kind) ? monthInName(file, saved) : null;
  const named = datesInName(file, zone).sort().at(-1) ?? (month === null ? null : soFar(month, today));
  // A list with a future date in its name is a plan, or a copy of one.
  if (named !== null && named > today && named > saved) return { day: named, from: 'name' };
  const known: { day: string; from: DateFrom }[] = [];
  if (content !== null) known.push({ day: content, from: 'content' });
  // The journal names only the kind of several exports; none can be newer than the last of them.
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

/** Last day of a month, or today if the month is not over, because a list of this month cannot be of a future day. */
function soFar(lastDay: string, today: string): string {
  return lastDay.slice(0, 7) === today.slice(0, 7) ? today : lastDay;
}

/** Day described by an unreadable file, from its name and modification time. */
export function dayOfUnread(file: string, modified: Date, zone: string, today: string): string {
  return observedOn({ kind: 'usage', file, content: null, modified, onlyOfKind: false }, null, zone, today)
    .day;
}

/** Last day on which the journal says that something was exported. */
function stated(journal: Journal | null, fits: (what: string) => boolean): string | null {
  const days = (journal?.exported ?? [])
    .filter(({ what }) => fits(what))
    .map(({ on }) => on)
    .sort();
  return days.at(-1) ?? null;
}

/** Exports in the journal that are neither a kind nor one of the files, so that their day is unused. */
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
