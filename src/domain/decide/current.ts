import { daysBetween } from '../model/day.ts';
import { KINDS, type Kind, type Rows, type SettingRow } from '../model/kinds.ts';
import { GRAPH_KINDS } from '../model/offered.ts';
import type { Evidence, Reading } from '../model/reading.ts';
import type { Absent, Current, Read } from '../model/rule.ts';
import { type Ask, ask } from '../text/message.ts';
import { count, dayWords, names, sentence, verb } from '../text/words.ts';
import { DEFAULT_FRESH_DAYS } from './fresh-days.ts';
import type { UnusableFile } from './input.ts';
import { membersOfSeveral } from './members-of-several.ts';
import { newestOfEach } from './newest-of-each.ts';
import { missingWords, pagesGiven } from './pages-of-list.ts';
import { listOthers, partsOfOne } from './parts.ts';
import { withoutPlainerAnswers } from './plainer-answers.ts';
import {
  haveDifferentSubjects,
  isFinished,
  noPagesOfOne,
  type SubjectOf,
  subjectOf,
} from './reading-subject.ts';
import {
  byStored,
  DAY_FIGURES,
  type Entry,
  oneOfEachFile,
  sameDayFigures,
  withoutEarlierFigures,
  withoutTwins,
} from './same-readings.ts';

/**
 * Determines what is current of one kind on one day.
 * A newer snapshot replaces an older one. Two different snapshots of the same day contradict each other in a way that
 * the files cannot settle, so neither is used, unless they are pages of one answer or a person assigned the kind to
 * both. Logs are combined. A reading older than its window is not current, and one dated after the day of the decision
 * is ignored.
 */
export function currentReading<K extends Kind>(
  kind: K,
  all: readonly Reading<K>[],
  today: string,
  freshDays: number,
  unusable: readonly UnusableFile[] = [],
  of: SubjectOf = subjectOf,
  organizations: ReadonlySet<string> = new Set(),
): Current<K> {
  const info = KINDS[kind];
  const label = `the ${info.label}`;
  const howToGet = ask('source', kind, info.howToGet);
  const known = all.filter((reading) => reading.observedOn <= today);
  if (known.length === 0) {
    if (all.length > 0)
      return {
        ok: false,
        code: 'later',
        why: `${sentence(label)} was read after ${dayWords(today)}, so it says nothing about that day.`,
        howToGet,
      };
    const missing = absent(label, unusable, today, freshDays);
    return { ok: false, ...missing, howToGet: askOfUnread(kind, missing.code, unusable) ?? howToGet };
  }
  const newestDay = known.reduce((day, reading) => (reading.observedOn > day ? reading.observedOn : day), '');
  const age = daysBetween(newestDay, today);
  if (age > freshDays) {
    return {
      ok: false,
      code: 'stale',
      why: `${sentence(label)} is ${count(age, 'day')} old. It is valid for ${count(freshDays, 'day')}.`,
      howToGet,
    };
  }
  const each = OF_EACH.has(kind)
    ? newestOfEach(
        known.filter((reading) => daysBetween(reading.observedOn, today) <= freshDays),
        of,
        organizations,
      )
    : null;
  const candidates =
    info.shape === 'log'
      ? known
      : (each?.readings ?? [
          ...known.filter((reading) => reading.observedOn === newestDay),
          ...partsOfEarlierDays(kind, known, newestDay, freshDays, today),
        ]);
  const distinct =
    info.shape === 'log' && !DAY_FIGURES.has(kind) && kind !== 'usage'
      ? oneOfEachFile(candidates)
      : withoutEarlierFigures(withoutPlainerAnswers(withoutTwins(candidates)));
  const problem = conflict(info.shape, label, distinct, newestDay, each?.of ?? of);
  if (problem !== null) {
    const { rivals, ...said } = problem;
    const several = membersOfSeveral(rivals ?? []);
    if (several !== null && rivals !== undefined)
      return {
        ok: false,
        code: said.code,
        why: `${rivals.length} members files of ${dayWords(newestDay)} were given: ${names(rivals.map(({ file }) => file))}. ${several.why}`,
        howToGet: several.howToGet,
        rivals,
      };
    const halves = rivals === undefined ? null : partsOfOne(rivals);
    // Of two tenants, both lists of accounts are right. Two rosters may not be: someone who left one employer may still
    // work for the other.
    const isPart = problem.code === 'partial' || (halves !== null && kind === 'entra_users');
    const part = isPart ? { part: readFrom(kind, distinct, newestDay) } : {};
    const rest =
      problem.code === 'partial'
        ? askOfRest(
            kind,
            distinct.filter((one) => !one.complete),
          )
        : null;
    return {
      ok: false,
      ...said,
      howToGet: rest ?? halves?.ask ?? howToGet,
      ...part,
      ...(rivals === undefined ? {} : { rivals }),
    };
  }
  return readFrom(kind, distinct, newestDay);
}

/** Kinds that are requested per organization, so that a newer answer replaces only that of the same organization. */
export const OF_EACH: ReadonlySet<Kind> = new Set(['settings', 'api_keys']);

/** Kinds for which a person may combine several lists of different days. */
const TOGETHER: ReadonlySet<Kind> = new Set(['roster', 'entra_users']);

/**
 * Earlier lists that a person assigned to the kind and that list other people than the newest: those of further
 * employers or tenants.
 */
function partsOfEarlierDays<K extends Kind>(
  kind: K,
  known: readonly Reading<K>[],
  newestDay: string,
  freshDays: number,
  today: string,
): readonly Reading<K>[] {
  if (!TOGETHER.has(kind)) return [];
  const parts = known.filter(({ observedOn }) => observedOn === newestDay);
  if (!parts.every(({ mappedByHand }) => mappedByHand)) return [];
  const newest = parts.length;
  const earlier = known
    .filter(({ observedOn }) => observedOn < newestDay && daysBetween(observedOn, today) <= freshDays)
    .toSorted((a, b) => (a.observedOn > b.observedOn ? -1 : 1));
  for (const one of earlier) if (one.mappedByHand && listOthers([one, ...parts])) parts.push(one);
  return parts.slice(newest);
}

/**
 * Whether a list stays current beside a newer one, because a person assigned it to the kind as that of another
 * employer or tenant.
 */
export function countsBesideNewer(reading: Reading, all: readonly Reading[], today: string): boolean {
  const { kind } = reading;
  if (!TOGETHER.has(kind)) return false;
  const known = all.filter((one) => one.kind === kind && one.observedOn <= today);
  const newestDay = known.reduce((day, one) => (one.observedOn > day ? one.observedOn : day), '');
  return partsOfEarlierDays(kind, known, newestDay, DEFAULT_FRESH_DAYS, today).includes(reading);
}

/** What to do if an imported file was refused but may be the missing list: importing it unchanged would not help. */
function askOfUnread(kind: Kind, code: Absent, unusable: readonly UnusableFile[]): Ask | null {
  if (code !== 'refused' && code !== 'not_placed') return null;
  const { label, howToGet } = KINDS[kind];
  const files = [...new Set(unusable.filter(({ is }) => is === code).map(({ file }) => file))];
  const one = files.length === 1;
  return ask(
    'source',
    kind,
    code === 'refused'
      ? `Fix ${names(files)} as described under Imports, and import ${one ? 'it' : 'them'} again. Or: ${howToGet}`
      : `If ${one ? '' : 'one of '}${names(files)} is the ${label}, import it again as that kind. Or: ${howToGet}`,
    code,
  );
}

const OF_GRAPH: ReadonlySet<Kind> = new Set(GRAPH_KINDS);

/** What to import if only a part was given: the other files, since importing the same page again would not help. */
function askOfRest(kind: Kind, unfinished: readonly Reading[]): Ask {
  const { label } = KINDS[kind];
  const files = unfinished.map(({ file }) => file);
  const pages = pagesGiven(unfinished);
  if (pages !== null && pages.missing.length > 0 && noPagesOfOne(unfinished) === null)
    return ask(
      'source',
      kind,
      `Import ${missingWords(pages)} of the ${label} too, exported on the same day as ${names(files)}, or export all of it again, without a filter.`,
      'rest',
    );
  return ask(
    'source',
    kind,
    OF_GRAPH.has(kind)
      ? `Save the pages that follow ${names(files)} (each page gives the address of the next one under “@odata.nextLink”) and import them beside ${files.length === 1 ? 'it' : 'them'}, or save the entire ${label} again, with every page and without a filter; or connect Microsoft 365 under Connections > Sources.`
      : `${names(files)} ${files.length === 1 ? 'is' : 'are'} only part of the ${label}. Export all of it again, without a filter.`,
    'rest',
  );
}

/** Treats one of several contradictory readings as current, to find what all of them agree on. */
export function readAlone<K extends Kind>(reading: Reading<K>): Read<K> {
  return readFrom(reading.kind, [reading], reading.observedOn);
}

/** Combines readings that complement each other. The result is as old as the oldest of them. */
export function readTogether<K extends Kind>(readings: readonly Reading<K>[], newestDay: string): Read<K> {
  return readFrom(readings[0]?.kind as K, readings, newestDay);
}

function readFrom<K extends Kind>(kind: K, distinct: readonly Reading<K>[], newestDay: string): Read<K> {
  const rows =
    distinct.length === 1
      ? (distinct[0]?.rows ?? [])
      : eachOnce(
          kind,
          [...distinct].sort(byStored).map((reading) => rowsOf(kind, reading)),
        );
  return {
    ok: true,
    rows,
    observedOn: distinct.reduce((day, r) => (r.observedOn < day ? r.observedOn : day), newestDay),
    readings: distinct,
    evidence: distinct.map(wholeFile),
    cite: (row: Rows[K], says: string): Evidence => {
      const reading = distinct.find((candidate) => candidate.file === row.file) ?? distinct[0];
      const shown = row.hidden === true ? `${says}, in a hidden row` : says;
      return {
        kind,
        file: row.file,
        row: row.row,
        observedOn: reading?.observedOn ?? newestDay,
        says: shown,
      };
    },
  };
}

/** Rows of one file among several, each of which names the organization of its settings. */
function rowsOf<K extends Kind>(kind: K, { rows }: Reading<K>): readonly Rows[K][] {
  if (kind !== 'settings') return rows;
  return (rows as readonly Rows['settings'][]).map(({ ofAll, ...row }) =>
    ofAll === undefined ? row : { ...row, organization: ofAll },
  ) as readonly SettingRow[] as unknown as readonly Rows[K][];
}

/**
 * What became of imported files of a kind, because a file that may be of the kind differs from none at all. Files of a
 * later day, or too old even if they could be read, are left out; a file without a date is from the day of its import
 * at the latest.
 */
function absent(
  label: string,
  unusable: readonly UnusableFile[],
  today: string,
  freshDays: number,
): { code: Absent; why: string } {
  const refused = unusable.filter(({ is }) => is === 'refused');
  const brought = refused.length > 0 ? refused : unusable;
  const [first] = brought;
  if (first === undefined) return { code: 'not_given', why: `${sentence(label)} has not been provided.` };
  const others = brought.length - 1;
  const more = others > 0 ? ` So ${others === 1 ? 'was 1 other file' : `were ${others} other files`}.` : '';
  const couldCount = unusable.some(({ day, at }) =>
    day === undefined
      ? at === undefined || daysBetween(at.slice(0, 10), today) <= freshDays
      : day <= today && daysBetween(day, today) <= freshDays,
  );
  const never = unusable.every(({ day }) => day !== undefined && day > today) ? 'later' : 'stale';
  return first.is === 'refused'
    ? {
        code: couldCount ? 'refused' : never,
        why: `${sentence(label)} was refused: ${first.file}. ${first.why}${more}`,
      }
    : {
        code: couldCount ? 'not_placed' : never,
        why: `No file was taken for ${label}; ${first.file} may be one. ${first.why}`,
      };
}

/**
 * Merges the entries of a log that several files contain: the version changed last by its own timestamp, otherwise the
 * one stored last. Entries that occur twice within one file stay twice, because without an id they cannot be told from
 * different events.
 */
function eachOnce<K extends Kind>(kind: K, files: readonly (readonly Rows[K][])[]): readonly Rows[K][] {
  if (KINDS[kind].shape !== 'log') return pagesOnce(files.flat());
  const last = new Map<string, { readonly row: Rows[K]; readonly of: readonly Rows[K][] }>();
  for (const of of files)
    for (const row of of) {
      const own = entryOf(kind, row);
      if (own === null) continue;
      const before = last.get(own);
      if (before === undefined || !isOlder(row, before.row)) last.set(own, { row, of });
    }
  return files.flatMap((of) =>
    of.filter((row) => {
      const own = entryOf(kind, row);
      const kept = own === null ? undefined : last.get(own);
      if (kept === undefined || kept.row === row) return true;
      return kept.of === of && !isOlder(row, kept.row) && !saysTheSame(row, kept.row);
    }),
  );
}

function saysTheSame(one: object, other: object): boolean {
  const [first, second] = [one, other].map((row) =>
    JSON.stringify({ ...row, file: '', row: 0, hidden: undefined }),
  );
  return first === second;
}

/** Rows of several pages without those that another page repeats verbatim, so that nobody is counted twice. */
function pagesOnce<T extends object>(rows: readonly T[]): readonly T[] {
  return [
    ...new Map(
      rows.map((row) => [JSON.stringify({ ...row, file: '', row: 0, hidden: undefined }), row]),
    ).values(),
  ];
}

/** Whether an entry was changed later than another with the same id. */
function isOlder(one: object, other: object): boolean {
  const [{ updatedAt: first }, { updatedAt: second }] = [one, other] as [Entry, Entry];
  return typeof first === 'string' && typeof second === 'string' && first < second;
}

function entryOf(kind: Kind, row: object): string | null {
  const { id, on, email, userId } = row as Entry;
  if (typeof id === 'string') return id;
  if (typeof on !== 'string') return null;
  if (kind === 'analytics_summaries') return on;
  const who = userId ?? email;
  return kind === 'analytics_users' && typeof who === 'string' ? `${on} ${who}` : null;
}

function wholeFile<K extends Kind>(reading: Reading<K>): Evidence {
  return {
    kind: reading.kind,
    file: reading.file,
    observedOn: reading.observedOn,
    says: count(reading.rows.length, 'row'),
  };
}

function conflict<K extends Kind>(
  shape: 'snapshot' | 'log',
  label: string,
  readings: readonly Reading<K>[],
  day: string,
  of: SubjectOf,
): { code: Absent; why: string; rivals?: readonly Reading<K>[] } | null {
  const unfinished = readings.filter((reading) => !reading.complete);
  if (unfinished.length > 0 && unfinished.length >= readings.length) {
    const files = names(unfinished.map((reading) => reading.file));
    const pages = pagesGiven(unfinished);
    const otherwise = pages === null ? null : noPagesOfOne(readings);
    if (pages !== null && otherwise === null) {
      if (pages.missing.length === 0) return null;
      const why = `Only part of ${label} has been provided: ${files} ${verb(unfinished.length, 'is', 'are')} not the whole answer, which also has ${missingWords(pages)}.`;
      return { code: 'partial', why };
    }
    const why = `Only part of ${label} has been provided: ${files} ${unfinished.length === 1 ? 'is' : 'are'} not the whole answer.`;
    return { code: 'partial', why };
  }
  const halves = unfinished.filter((reading) => !isFinished(reading, readings, of));
  if (halves.length > 0) {
    const files = names(halves.map((reading) => reading.file));
    const why = `Only part of ${label} has been provided: the rest of what ${files} ${halves.length === 1 ? 'covers' : 'cover'} is in no file.`;
    return { code: 'partial', why };
  }
  const otherwise = unfinished.length > 0 ? noPagesOfOne(readings) : null;
  if (otherwise !== null) {
    const why = `Only part of ${label} has been provided: ${names(unfinished.map(({ file }) => file))} ${unfinished.length === 1 ? 'is' : 'are'} not the whole answer, and its last page has not been provided: ${otherwise}, so these are lists of several organizations, not pages of one.`;
    return { code: 'partial', why };
  }
  const twice = sameDayFigures(readings);
  if (twice.length > 0) {
    const files = names(twice.map((reading) => reading.file));
    const why = `${sentence(label)} of one day was given more than once, with different figures: ${files}. Keep the current file of each day.`;
    return { code: 'contradicted', why, rivals: twice };
  }
  if (shape === 'log' || readings.length < 2) return null;
  if (unfinished.length > 0 || readings.every((reading) => reading.mappedByHand)) return null;
  if (haveDifferentSubjects(readings, of)) return null;
  const files = names(readings.map((reading) => reading.file));
  if (readings.some(({ kind, observedOn }) => OF_EACH.has(kind) && observedOn !== day)) {
    const unnamed = readings.filter((reading) => of(reading) === null).map(({ file }) => file);
    const doubt =
      unnamed.length === 0
        ? 'their answers overlap'
        : `${names(unnamed)} ${unnamed.length === 1 ? 'does' : 'do'} not say of which`;
    const why = `${sentence(label)} was given for more than one organization, and ${doubt}, so it is not known which of these files counts: ${files}.`;
    return { code: 'contradicted', why, rivals: readings };
  }
  const words = partsOfOne(readings)?.why ?? 'Keep the current one.';
  const why = `${count(readings.length, 'file')} of ${dayWords(day)} differ and each could be ${label}: ${files}. ${words}`;
  return { code: 'contradicted', why, rivals: readings };
}
