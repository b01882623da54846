import { daysBetween } from '../model/day.ts';
import { KINDS, type Kind, type Rows, type SettingRow } from '../model/kinds.ts';
import type { Evidence, Reading } from '../model/reading.ts';
import type { Absent, Current, Read } from '../model/rule.ts';
import { domainOf } from '../people/names.ts';
import { type Ask, ask } from '../text/message.ts';
import { count, dayWords, names, sentence } from '../text/words.ts';
import type { UnusableFile } from './input.ts';

/**
 * What counts as current of one kind on one day.
 *
 * A snapshot is replaced by a newer one. Two different snapshots of the same day contradict each other in a way
 * nobody can settle from the files, so neither counts, unless they are pages of one answer or a person named both
 * files for the kind. Logs add up. A reading older than its window does not count, and one dated after the day of
 * the decision does not exist yet.
 */
export function currentReading<K extends Kind>(
  kind: K,
  all: readonly Reading<K>[],
  today: string,
  freshDays: number,
  unusable: readonly UnusableFile[] = [],
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
    return { ok: false, ...absent(label, unusable, today, freshDays), howToGet };
  }
  const newestDay = known.reduce((day, reading) => (reading.observedOn > day ? reading.observedOn : day), '');
  const age = daysBetween(newestDay, today);
  if (age > freshDays) {
    return {
      ok: false,
      code: 'stale',
      why: `${sentence(label)} is ${count(age, 'day')} old. It counts for ${freshDays}.`,
      howToGet,
    };
  }
  const candidates =
    info.shape === 'log'
      ? known
      : kind === 'settings'
        ? newestOfEach(known.filter((reading) => daysBetween(reading.observedOn, today) <= freshDays))
        : known.filter((reading) => reading.observedOn === newestDay);
  const distinct =
    info.shape === 'log' && !DAY_FIGURES.has(kind) && kind !== 'usage'
      ? oneOfEachFile(candidates)
      : withoutEarlierFigures(withoutTwins(candidates));
  const problem = conflict(info.shape, label, distinct, newestDay);
  if (problem !== null) {
    const { rivals, ...said } = problem;
    const part = problem.code === 'partial' ? { part: readFrom(kind, distinct, newestDay) } : {};
    const halves =
      kind === 'roster' && rivals !== undefined && listOthers(rivals) ? askOfParts(rivals) : null;
    return {
      ok: false,
      ...said,
      howToGet: halves ?? howToGet,
      ...part,
      ...(rivals === undefined ? {} : { rivals }),
    };
  }
  return readFrom(kind, distinct, newestDay);
}

/** Whether lists have nobody in common, as those of two employers. */
function listOthers(readings: readonly Reading[]): boolean {
  const people = readings.map(
    ({ rows }) =>
      new Set(rows.flatMap((row) => (row as Rows['roster']).emails.map((one) => one.toLowerCase()))),
  );
  return people.every(
    (one, at) => one.size > 0 && people.every((other, also) => also === at || one.isDisjointFrom(other)),
  );
}

function askOfParts(readings: readonly Reading[]): Ask {
  const options = readings.map(({ file }) => `--map "roster=${file}"`).join(' ');
  return ask(
    'source',
    'roster',
    `Keep the one file that lists everybody. If each lists a part, such as one employer, say that all of them are the roster: choose that kind for each file when you import them together, or on the command line ${options}.`,
    'parts',
  );
}

function readFrom<K extends Kind>(kind: K, distinct: readonly Reading<K>[], newestDay: string): Read<K> {
  const rows =
    distinct.length === 1
      ? (distinct[0]?.rows ?? [])
      : eachOnce(
          kind,
          [...distinct].sort(byStored).flatMap((reading) => rowsOf(kind, reading)),
        );
  return {
    ok: true,
    rows,
    observedOn: distinct.reduce((day, r) => (r.observedOn < day ? r.observedOn : day), newestDay),
    readings: distinct,
    evidence: distinct.map(wholeFile),
    cite: (row: Rows[K], says: string): Evidence => {
      const reading = distinct.find((candidate) => candidate.file === row.file) ?? distinct[0];
      return { kind, file: row.file, row: row.row, observedOn: reading?.observedOn ?? newestDay, says };
    },
  };
}

/**
 * Without those of which a newer one speaks of the same organization, or does not say of which it is: settings are asked
 * for one organization at a time, and those of one say nothing of another.
 */
function newestOfEach<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  return readings.filter((one) => {
    const things = thingOf(one);
    return !readings.some((other) => {
      if (other.observedOn <= one.observedOn) return false;
      const newer = thingOf(other);
      return things === null || newer === null || !things.isDisjointFrom(newer);
    });
  });
}

/** Rows of one file among several, each of which says of which organization its settings are. */
function rowsOf<K extends Kind>(kind: K, { rows }: Reading<K>): readonly Rows[K][] {
  if (kind !== 'settings') return rows;
  return (rows as readonly Rows['settings'][]).map(({ ofAll, ...row }) =>
    ofAll === undefined ? row : { ...row, organization: ofAll },
  ) as readonly SettingRow[] as unknown as readonly Rows[K][];
}

/**
 * What became of files that were brought; a file that may be of the kind is not the same as none. One of a later day, or
 * one that would be too old if it could be read, could not count either.
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
  if (first === undefined) return { code: 'not_given', why: `${sentence(label)} was not given.` };
  const others = brought.length - 1;
  const more = others > 0 ? ` So ${others === 1 ? 'was 1 other file' : `were ${others} other files`}.` : '';
  const couldCount = unusable.some(
    ({ day }) => day === undefined || (day <= today && daysBetween(day, today) <= freshDays),
  );
  const never = unusable.every(({ day }) => day !== undefined && day > today) ? 'later' : 'stale';
  return first.is === 'refused'
    ? {
        code: couldCount ? 'refused' : never,
        why: `${sentence(label)} was refused: ${first.file}. ${first.why}${more}`,
      }
    : {
        code: couldCount ? 'not_placed' : never,
        why: `No file was taken for ${label}; ${first.file} may be it. ${first.why}`,
      };
}

function byStored(a: Reading, b: Reading): number {
  const [one, other] = [a.storedAt ?? a.storedOn ?? '', b.storedAt ?? b.storedOn ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Entries of a log that several files list, each once: as it was changed last, where it says when, else as it was stored
 * last. What has no id of its own cannot be determined from another of its kind.
 */
function eachOnce<K extends Kind>(kind: K, rows: readonly Rows[K][]): readonly Rows[K][] {
  if (KINDS[kind].shape !== 'log') return pagesOnce(rows);
  const last = new Map<string, Rows[K]>();
  for (const row of rows) {
    const own = entryOf(kind, row);
    if (own === null) continue;
    const before = last.get(own);
    if (before === undefined || !isOlder(row, before)) last.set(own, row);
  }
  return rows.filter((row) => {
    const own = entryOf(kind, row);
    return own === null || last.get(own) === row;
  });
}

/** Rows of several pages without those that a page lists again word for word, so that nobody is counted twice. */
function pagesOnce<T extends object>(rows: readonly T[]): readonly T[] {
  return [...new Map(rows.map((row) => [JSON.stringify({ ...row, file: '', row: 0 }), row])).values()];
}

/** Whether an entry was changed last before another of the same id was. */
function isOlder(one: object, other: object): boolean {
  const [{ updatedAt: first }, { updatedAt: second }] = [one, other] as [Entry, Entry];
  return typeof first === 'string' && typeof second === 'string' && first < second;
}

interface Entry {
  readonly id?: unknown;
  readonly updatedAt?: unknown;
  readonly on?: unknown;
  readonly email?: unknown;
  readonly userId?: unknown;
  readonly user?: unknown;
  readonly connectorId?: unknown;
  readonly connector?: unknown;
}

function entryOf(kind: Kind, row: object): string | null {
  const { id, on, email, userId } = row as Entry;
  if (typeof id === 'string') return id;
  if (typeof on !== 'string') return null;
  if (kind === 'analytics_summaries') return on;
  const who = userId ?? email;
  return kind === 'analytics_users' && typeof who === 'string' ? `${on} ${who}` : null;
}

function oneOfEachFile<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  const best = new Map<string, Reading<K>>();
  for (const reading of readings) {
    const other = best.get(reading.sha256);
    if (other === undefined || saysMore(reading, other)) best.set(reading.sha256, reading);
  }
  return [...best.values()];
}

/** Whether of two readings of the same bytes one says more: the days that it covers, or what was said of it later. */
function saysMore(one: Reading, other: Reading): boolean {
  const dated = Number(one.covers !== undefined) - Number(other.covers !== undefined);
  return dated === 0 ? byStored(one, other) >= 0 : dated > 0;
}

/** Snapshots of one day, each once: a file that lists the same in another order or form says nothing else. */
export function withoutTwins<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  const distinct = oneOfEachFile(readings);
  if (distinct.length < 2) return distinct;
  const seen = new Set<string>();
  return distinct.filter((reading) => {
    const content = contentOf(reading);
    if (seen.has(content)) return false;
    seen.add(content);
    return true;
  });
}

/** Kinds of which a file states the figures of one day, which the vendor corrects afterwards. */
export const DAY_FIGURES: ReadonlySet<Kind> = new Set(['analytics_users', 'analytics_connectors']);

/**
 * The one day whose figures a file states as a whole, by its content or else by its name or a person's word; null: it is
 * of another kind, in part, of more days, or of a day that nothing tells.
 */
function figuresDay({ kind, covers, complete, dateFrom, observedOn }: Reading): string | null {
  if (!DAY_FIGURES.has(kind) || !complete) return null;
  if (covers !== undefined) return covers.from === covers.to ? covers.from : null;
  return dateFrom === 'name' || dateFrom === 'stated' ? observedOn : null;
}

/**
 * Whether two files state figures of the same day, which the vendor corrects afterwards: the later one counts, and never
 * both. Files whose day only their names tell may be of different people or connectors, and then they add up.
 */
export function statesSameDay(one: Reading, other: Reading): boolean {
  const day = figuresDay(one);
  if (day === null || one.kind !== other.kind || figuresDay(other) !== day) return false;
  if (one.covers !== undefined && other.covers !== undefined) return true;
  return !subjectsOf(one).isDisjointFrom(subjectsOf(other));
}

function subjectsOf({ rows }: Reading): ReadonlySet<string> {
  return new Set(
    rows.map((row) => {
      const { userId, email, user, connectorId, connector } = row as Entry;
      return JSON.stringify([connectorId ?? connector ?? null, userId ?? email ?? user ?? null]);
    }),
  );
}

/** Without figures of a day of which a file that was saved later has others: the vendor corrects a day afterwards. */
function withoutEarlierFigures<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  return readings.filter((reading) => {
    const { savedAt } = reading;
    if (savedAt === undefined) return true;
    return !readings.some(
      (other) => other !== reading && (other.savedAt ?? '') > savedAt && statesSameDay(reading, other),
    );
  });
}

/** Files that state the figures of one day otherwise than others do, where nothing tells which is the later. */
function sameDayFigures<K extends Kind>(readings: readonly Reading<K>[]): readonly Reading<K>[] {
  return readings.filter((one) => readings.some((other) => other !== one && statesSameDay(one, other)));
}

function contentOf({ rows, complete, covers }: Reading): string {
  const lines = rows.map((row) => JSON.stringify({ ...row, file: '', row: 0 })).sort();
  // Of figures without days in their lines, the days that the file covers tell one from another.
  const days = covers === undefined ? '' : `${covers.from} ${covers.to}`;
  return `${complete} ${days} ${lines.join('\n')}`;
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
): { code: Absent; why: string; rivals?: readonly Reading<K>[] } | null {
  const unfinished = readings.filter((reading) => !reading.complete);
  if (unfinished.length > 0 && unfinished.length >= readings.length) {
    const files = names(unfinished.map((reading) => reading.file));
    const why = `${sentence(label)} was given in part only: ${files} ${unfinished.length === 1 ? 'is' : 'are'} not the whole answer.`;
    return { code: 'partial', why };
  }
  const halves = unfinished.filter((reading) => !isFinished(reading, readings));
  if (halves.length > 0) {
    const files = names(halves.map((reading) => reading.file));
    const why = `${sentence(label)} was given in part only: of what ${files} ${halves.length === 1 ? 'is' : 'are'} about, the rest is in no file.`;
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
  if (speakOfDifferentThings(readings)) return null;
  const files = names(readings.map((reading) => reading.file));
  const parts = readings.every(({ kind }) => kind === 'roster') && listOthers(readings);
  const why = `${count(readings.length, 'file')} of ${dayWords(day)} differ and each could be ${label}: ${files}. ${
    parts ? 'They list different people.' : 'Keep the current one.'
  }`;
  return { code: 'contradicted', why, rivals: readings };
}

/**
 * Kinds that are asked for one thing at a time, so that several files of one day are parts and no contradiction: the
 * assignments of one application each, the DNS answer of one domain each, the accounts of one domain each, the settings of
 * one organization each.
 */
function thingOf(reading: Reading): ReadonlySet<string> | null {
  if (reading.kind === 'app_assignments')
    return new Set((reading as Reading<'app_assignments'>).rows.map((row) => row.resourceId.toLowerCase()));
  if (reading.kind === 'domain_memberships')
    return new Set((reading as Reading<'domain_memberships'>).rows.map((row) => domainOf(row.email)));
  if (reading.kind === 'dns')
    return new Set((reading as Reading<'dns'>).rows.map((row) => row.domain.toLowerCase()));
  if (reading.kind === 'settings') {
    const { rows } = reading as Reading<'settings'>;
    const named = rows.flatMap(({ organization, ofAll }) => organization ?? ofAll ?? []);
    return rows.length > 0 && named.length === rows.length ? new Set(named) : null;
  }
  return null;
}

/**
 * Whether one of several readings may be the last page of an answer of which another is a page; of a kind that is asked
 * for one thing at a time, only one about the same thing may.
 */
function isFinished(page: Reading, readings: readonly Reading[]): boolean {
  const things = thingOf(page);
  return (
    things === null ||
    readings.some((other) => {
      const others = other.complete ? thingOf(other) : null;
      return others !== null && (things.size === 0 || !things.isDisjointFrom(others));
    })
  );
}

export function speakOfDifferentThings(readings: readonly Reading[]): boolean {
  const seen = new Set<string>();
  for (const reading of readings) {
    const things = thingOf(reading);
    if (!things || !seen.isDisjointFrom(things)) return false;
    for (const thing of things) seen.add(thing);
  }
  return true;
}
