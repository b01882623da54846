import { addDays, daysBetween } from '../../model/day.ts';
import type { AnalyticsUserRow, UsageRow } from '../../model/kinds.ts';
import type { Period } from '../../model/period.ts';
import type { Evidence, Reading } from '../../model/reading.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { address, isEmptyReason, mayBeOnePerson } from '../../people/names.ts';
import { saysUnexplained } from '../../text/denials.ts';
import { ask } from '../../text/message.ts';
import { count } from '../../text/words.ts';
import { gapIn } from '../whole-window.ts';

/** Units by which usage can be compared, in order of preference; never mixed. */
export type Unit = 'messages' | 'requests' | 'net' | 'gross';

/** One person's usage in one window. `value` is null if a line of the person has no figure. */
export interface Use {
  readonly email: string | null;
  readonly name: string | null;
  readonly value: number | null;
  readonly evidence: readonly Evidence[];
}

export interface Figures {
  readonly unit: Unit;
  readonly period: Period;
  readonly uses: readonly Use[];
  /** Lines without a person: their number, the sum of their figures, and the number without a figure. */
  readonly unnamed: { readonly lines: number; readonly sum: number; readonly blank: number };
  readonly evidence: readonly Evidence[];
  /** The file does not say which days it covers; `period` is then the longest that an export can have. */
  readonly undated?: true;
  /** Number of days with data, if the source reports day by day. */
  readonly daysReported?: number;
  /** Why days in the middle are missing, as a sentence. */
  readonly gap?: string;
  /** People whose last line ends before the days that still count. */
  readonly ended?: readonly string[];
}

/** Whether an explanation gives a reason and is by someone other than the person whose usage it explains. */
export function explainsFor(
  { by, reason }: { readonly by: string; readonly reason: string },
  own: Iterable<string | null>,
): boolean {
  return (
    !isEmptyReason(reason) &&
    !saysUnexplained(reason) &&
    ![...own].some((one) => one !== null && mayBeOnePerson(by, one))
  );
}

/** What to provide for a file that does not say which days it covers. */
export const ASK_PERIOD = ask(
  'source',
  'usage',
  'Give the first and the last day that the file covers: in the console under Imports, with --period FILE=2026-11-01..2026-11-24, or in its name, for example usage 2026-11-01 to 2026-11-24.csv.',
  'period',
);

/** Maximum days in an export of usage (spend report, support article 12883420, read 2026-08-22). */
export const MAX_EXPORT_DAYS = 90;

/** Figures of the newest usage file if no file says which days it covers; null: it has none in this unit. */
export function undatedFigures(usage: Extract<Current<'usage'>, { ok: true }>, unit: Unit): Figures | null {
  const newest = usage.readings.toSorted((a, b) => a.observedOn.localeCompare(b.observedOn)).at(-1);
  if (newest === undefined || !newest.rows.some((row) => figureOf[unit](row) !== null)) return null;
  const lines = newest.rows.map((row) => ({
    account: row.accountId,
    email: row.email,
    name: row.name,
    value: figureOf[unit](row),
    evidence: usage.cite(row, says(figureOf[unit](row), unit)),
  }));
  return {
    unit,
    undated: true,
    period: { from: addDays(newest.observedOn, -MAX_EXPORT_DAYS), to: newest.observedOn },
    ...sum(lines),
    evidence: usage.evidence,
  };
}

/**
 * Period of a usage file: as the importer determined it, else from its lines; null if not known. A file cannot cover
 * days after it was made, so the current month ends on that day.
 */
export function usagePeriod(reading: Reading<'usage'>): Period | null {
  const from = reading.rows.flatMap((row) => row.from ?? []).sort();
  const to = reading.rows.flatMap((row) => row.to ?? []).sort();
  return clip(reading, from[0], to.at(-1));
}

/** The same for analytics per person, whose lines each have a day. */
export function analyticsPeriod(reading: Reading<'analytics_users'>): Period | null {
  const days = reading.rows.flatMap((row) => row.on ?? []).sort();
  return clip(reading, days[0], days.at(-1));
}

/** Lines with the vendor's counts of what people did; lines that only have the report of models have none. */
export function countedLines(rows: readonly AnalyticsUserRow[]): readonly AnalyticsUserRow[] {
  return rows.filter(
    ({ models = [], messages, chatMessages, coworkMessages, connectorsUsed, filesUploaded }) =>
      models.length === 0 ||
      [messages, chatMessages, coworkMessages, connectorsUsed, filesUploaded].some((one) => one != null),
  );
}

function clip(reading: Reading, first: string | undefined, last: string | undefined): Period | null {
  const from = reading.covers?.from ?? first;
  const to = reading.covers?.to ?? last;
  if (from === undefined || to === undefined) return null;
  const end = to < reading.observedOn ? to : reading.observedOn;
  return from > end ? null : { from, to: end };
}

/** The figure of one line in a unit. */
const figureOf: Readonly<Record<Unit, (row: UsageRow) => number | null>> = {
  messages: (row) => row.messages,
  requests: (row) => row.requests,
  net: (row) => row.netUsd,
  gross: (row) => row.grossUsd,
};

/** Figures of one window, or why its files cannot be combined. */
export type Window =
  | { readonly ok: true; readonly figures: Figures }
  | { readonly ok: false; readonly why: string; readonly period: Period };

/** Messages per person from the analytics: the last `days` days if lines have a day, else each file's own period. */
export function analyticsWindows(context: CheckContext, days: number, maxAge: number): readonly Window[] {
  const current = context.read('analytics_users', maxAge);
  if (!current.ok) return [];
  const line = (row: AnalyticsUserRow): Line => ({
    account: row.userId,
    email: row.email,
    name: null,
    value: row.messages,
    to: row.on,
    evidence: current.cite(row, says(row.messages, 'messages')),
  });
  const dated = countedLines(current.rows).filter((row) => row.on !== null && row.on <= context.today);
  const to = dated
    .map((row) => row.on ?? '')
    .sort()
    .at(-1);
  if (to === undefined) {
    return windows(
      context,
      current.readings,
      analyticsPeriod,
      (r) => countedLines(r.rows).map(line),
      'messages',
      maxAge,
    );
  }
  if (to < addDays(context.today, -maxAge) || !dated.some((row) => row.messages !== null)) return [];
  const start = addDays(to, 1 - days);
  const observed = new Map(current.readings.map((reading) => [reading.file, reading.observedOn]));
  const inWindow = latestPerPersonAndDay(
    dated.filter((row) => (row.on ?? '') >= start),
    observed,
  );
  const from = inWindow.map((row) => row.on ?? '').sort()[0] ?? start;
  const reported = [
    ...inWindow.map((row) => row.on ?? ''),
    ...current.readings.flatMap(({ covers }) => (covers === undefined ? [] : eachDay(covers, start, to))),
  ];
  const gap = gapIn('The analytics show', reported);
  const figures = {
    unit: 'messages' as const,
    period: { from, to },
    daysReported: new Set(reported).size,
    ...(gap === null ? {} : { gap }),
    ...sum(inWindow.map(line)),
    evidence: current.evidence,
  };
  return [{ ok: true, figures }];
}

/** The days of a period that are in a window. */
function eachDay(period: Period, from: string, to: string): string[] {
  const first = period.from > from ? period.from : from;
  const last = period.to < to ? period.to : to;
  return first > last
    ? []
    : Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => addDays(first, at));
}

/** Daily figures are revised later, so the newest file counts for each person and day. */
function latestPerPersonAndDay(
  rows: readonly AnalyticsUserRow[],
  observed: ReadonlyMap<string, string>,
): AnalyticsUserRow[] {
  const best = new Map<string, AnalyticsUserRow>();
  const age = (row: AnalyticsUserRow) => observed.get(row.file) ?? '';
  for (const row of rows) {
    const key = `${row.userId ?? row.email ?? `${row.file} ${row.row}`} ${row.on}`;
    const before = best.get(key);
    const more = before && age(row) === age(before) && (row.messages ?? -1) > (before.messages ?? -1);
    if (!before || age(row) > age(before) || more) best.set(key, row);
  }
  return [...best.values()];
}

/** Every window in this unit from current usage files, newest and longest first. */
export function usageWindows(context: CheckContext, unit: Unit, maxAge: number): readonly Window[] {
  const current = context.read('usage', maxAge);
  if (!current.ok) return [];
  const lines = (reading: Reading<'usage'>) =>
    reading.rows.map((row) => ({
      account: row.accountId,
      email: row.email,
      name: row.name,
      value: figureOf[unit](row),
      from: row.from,
      to: row.to,
      evidence: current.cite(row, says(figureOf[unit](row), unit)),
    }));
  return windows(context, current.readings, usagePeriod, lines, unit, maxAge);
}

/**
 * One window per period. Files of the same period are only added up if they are pages of one answer or were named by
 * hand.
 */
function windows<K extends 'usage' | 'analytics_users'>(
  context: CheckContext,
  readings: readonly Reading<K>[],
  periodOf: (reading: Reading<K>) => Period | null,
  linesOf: (reading: Reading<K>) => readonly Line[],
  unit: Unit,
  maxAge: number,
): Window[] {
  const oldest = addDays(context.today, -maxAge);
  const byPeriod = new Map<
    string,
    { period: Period; entries: { reading: Reading<K>; lines: readonly Line[] }[] }
  >();
  for (const reading of readings) {
    const period = periodOf(reading);
    if (!period || period.to < oldest) continue;
    const lines = linesOf(reading);
    if (lines.every((line) => line.value === null)) continue;
    const key = `${period.to} ${period.from}`;
    const group = byPeriod.get(key) ?? { period, entries: [] };
    group.entries.push({ reading, lines });
    byPeriod.set(key, group);
  }
  const newestFirst = [...byPeriod.values()].sort(
    (a, b) => b.period.to.localeCompare(a.period.to) || a.period.from.localeCompare(b.period.from),
  );
  return newestFirst.map(({ period, entries }): Window => {
    const made = entries.reduce(
      (day, { reading }) => (reading.observedOn > day ? reading.observedOn : day),
      '',
    );
    const chosen = entries.filter(({ reading }) => reading.observedOn === made);
    const together =
      chosen.every(({ reading }) => reading.mappedByHand) || chosen.some(({ reading }) => !reading.complete);
    if (chosen.length > 1 && !together) {
      const files = chosen.map(({ reading }) => reading.file).sort();
      const why = `${files.length} usage files of one period differ: ${files.join(', ')}. Keep the current one.`;
      return { ok: false, why, period };
    }
    const evidence = chosen.map(({ reading }) => ({
      kind: reading.kind,
      file: reading.file,
      observedOn: reading.observedOn,
      says: count(reading.rows.length, 'row'),
    }));
    const counted = chosen.flatMap(({ lines }) => lines);
    const ended = endedBefore(oldest, counted);
    const figures = { unit, period, ...sum(counted), ...(ended.length > 0 ? { ended } : {}), evidence };
    return { ok: true, figures };
  });
}

interface Line {
  /** Id of the account, if the source gives it. */
  readonly account?: string | null | undefined;
  readonly email: string | null;
  readonly name: string | null;
  readonly value: number | null;
  /** First and last day of the line, if it states its own. */
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly evidence: Evidence;
}

/**
 * People whose last line ends before a day, so that the file lacks what they did since. In a file by day, week or
 * month, inactive people have no lines; so a person has not ended if those last days are also reported for others who
 * continue.
 */
function endedBefore(oldest: string, lines: readonly Line[]): string[] {
  const own = Map.groupBy(
    underOneAddress(lines).filter(({ to }) => to != null),
    ({ email, name }) => (email === null ? name : address(email)),
  );
  const last = [...own].flatMap(([who, theirs]) => {
    const line = theirs.reduce((a, b) => ((b.to ?? '') > (a.to ?? '') ? b : a));
    return who === null ? [] : [{ who, theirs, line, goesOn: (line.to ?? '') >= oldest }];
  });
  const others = last.filter(({ goesOn }) => goesOn).flatMap(({ theirs }) => theirs);
  const days = others.flatMap((one) => (isDay(one) ? (one.to ?? []) : [])).sort();
  const periods = new Set(others.map(spanOf));
  const isQuiet = (line: Line) =>
    isDay(line) ? days[0] !== undefined && days[0] <= (line.to ?? '') : periods.has(spanOf(line));
  return last.flatMap(({ who, line, goesOn }) => (goesOn || isQuiet(line) ? [] : [who]));
}

const isDay = ({ from, to }: Line) => from === to;
const spanOf = ({ from, to }: Line) => `${from ?? ''} ${to ?? ''}`;

/** An id with more addresses than this does not belong to one person. */
const MAX_ADDRESSES = 3;

/** Gives all lines of an account the address of its last line, so that a person whose address changed counts once. */
function underOneAddress(lines: readonly Line[]): readonly Line[] {
  const byAccount = Map.groupBy(
    lines.filter(({ account, email }) => account != null && email !== null),
    ({ account }) => account,
  );
  const address = new Map<Line['account'], string | null>();
  for (const [account, own] of byAccount)
    if (new Set(own.map(({ email }) => email)).size <= MAX_ADDRESSES)
      address.set(account, own.reduce((a, b) => ((b.to ?? '') >= (a.to ?? '') ? b : a)).email);
  return lines.map((line) => ({ ...line, email: address.get(line.account) ?? line.email }));
}

/** Adds up the lines of each person. A line without a figure makes the person's total unknown, never smaller. */
function sum(lines: readonly Line[]): Pick<Figures, 'uses' | 'unnamed'> {
  const byPerson = new Map<
    string,
    { email: string | null; name: string | null; values: (number | null)[]; evidence: Evidence[] }
  >();
  const unnamed = { lines: 0, sum: 0, blank: 0 };
  for (const line of underOneAddress(lines)) {
    const key = line.email ? address(line.email) : line.name ? `name ${line.name.trim().toLowerCase()}` : '';
    if (key === '') {
      unnamed.lines += 1;
      unnamed.sum += line.value ?? 0;
      if (line.value === null) unnamed.blank += 1;
      continue;
    }
    const person = byPerson.get(key) ?? {
      email: line.email ? address(line.email) : null,
      name: line.name,
      values: [],
      evidence: [],
    };
    person.name ??= line.name;
    person.values.push(line.value);
    person.evidence.push(line.evidence);
    byPerson.set(key, person);
  }
  const uses = [...byPerson.values()].map(({ email, name, values, evidence }) => ({
    email,
    name,
    value: values.includes(null) ? null : values.reduce<number>((total, value) => total + (value ?? 0), 0),
    evidence,
  }));
  return { uses, unnamed };
}

// Created once, because formatters are expensive and every line of a file needs one.
const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const PLAIN = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A figure in words: "1,204 messages", "$83.20". */
export function says(value: number | null, unit: Unit): string {
  if (value === null) return 'no figure';
  return unit === 'net' || unit === 'gross' ? `$${MONEY.format(value)}` : `${PLAIN.format(value)} ${unit}`;
}
