import type { EvaluationState } from '#domain/decide/context.ts';
import type { UsageRow } from '#domain/model/kinds.ts';
import type { Reading } from '#domain/model/reading.ts';
import { address } from '#domain/people/names.ts';
import { usagePeriod } from '#domain/rules/visibility/usage.ts';
import { type PackedBytes, pack } from '#store/packed.ts';
import type { StatedSum } from '../sums.ts';

declare module '../../shared/services/tasks.ts' {
  interface Tasks {
    importedUsage: typeof importedUsage;
  }
}

/** What a usage file can count, in the order of its columns. Spend is in millionths of a US dollar. */
export const MEASURES = [
  'messages',
  'requests',
  'inputTokens',
  'outputTokens',
  'netMicros',
  'grossMicros',
] as const;
export type Measure = (typeof MEASURES)[number];
/** Sums over some lines of a file; `stated` is 0 where no line states the figure, which is not a sum of 0. */
export type Figures = Readonly<Record<Measure, StatedSum>>;

/** One period of one imported usage file. */
export interface ImportedPeriod {
  readonly key: string;
  readonly file: string;
  readonly observedOn: string;
  /** First and last day, the last no later than the day of the file; null: the file does not say. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** false: one page of several, the others were not given. */
  readonly complete: boolean;
  /** Another file of the same day has other figures for the same period, and nothing says which is current. */
  readonly contradicted: boolean;
  /** Files of the same period that this newer one replaces. */
  readonly replaces: readonly string[];
  /** Columns of which nobody has said what they hold; one may hold a figure that is missing here. */
  readonly unknownColumns: readonly string[];
  /** By address, or by name where a line has no address; null: lines that name nobody. */
  readonly people: readonly { readonly person: string | null; readonly figures: Figures }[];
}

export interface ImportedUsage {
  /** Why there is nothing; null: there is something. */
  readonly why: string | null;
  readonly howToGet: string;
  readonly periods: readonly ImportedPeriod[];
}

/** A period before it is compared with those of other files. */
type Found = Omit<ImportedPeriod, 'contradicted' | 'replaces'> & {
  /** The days as the file states them, also those after it was made; null: it states none. */
  readonly days: string | null;
  /** Lines that belong with those of another file of the same day: pages of one answer, or named by a person. */
  readonly isPart: boolean;
};

/** The usage and spend files that count on this day, whatever their age, the newest period first; no two are added up. */
export function importedUsage({ shared }: { readonly shared: EvaluationState }): PackedBytes<ImportedUsage> {
  const usage = shared.fromParts(['usage']).read('usage', Number.POSITIVE_INFINITY);
  if (!usage.ok) return pack({ why: usage.why, howToGet: usage.howToGet.text, periods: [] });
  const found = usage.readings.flatMap(periodsOf);
  const current = found.filter((one) => !found.some((other) => isReplacedBy(one, other)));
  const periods = current.map((one): ImportedPeriod => {
    const { days: _days, isPart: _isPart, ...shown } = one;
    return {
      ...shown,
      contradicted: current.some((other) => contradict(one, other)),
      replaces: [...new Set(found.filter((old) => isReplacedBy(old, one)).map(({ file }) => file))].sort(),
    };
  });
  return pack({ why: null, howToGet: '', periods: periods.toSorted(newestFirst) });
}

/** One file’s lines by the period that they state. Lines of one day, or of none, are of the period of the whole file. */
function periodsOf(reading: Reading<'usage'>): Found[] {
  const { file, observedOn, complete } = reading;
  const whole = usagePeriod(reading);
  const own = (row: UsageRow) => row.from !== null && row.to !== null && row.from < row.to;
  const keyOf = (row: UsageRow) => (own(row) ? `${row.from} ${row.to}` : '');
  const byPeriod = Map.groupBy(reading.rows, keyOf);
  // A file with headings alone has no line of any period.
  if (byPeriod.size === 0) byPeriod.set('', []);
  return [...byPeriod].map(([stated, rows]): Found => {
    const [from = '', last = ''] = stated.split(' ');
    const to = from <= observedOn && last > observedOn ? observedOn : last;
    const period = stated === '' ? whole : { from, to };
    return {
      key: [reading.sha256.slice(0, 12), ...(stated === '' ? [] : [from, last])].join('.'),
      file,
      observedOn,
      period,
      complete,
      unknownColumns: [...new Set((reading.asks ?? []).flatMap(({ columns }) => columns))],
      people: [...Map.groupBy(rows, personOf)].map(([person, lines]) => ({
        person,
        figures: sumOfLines(lines),
      })),
      days: stated !== '' ? stated : whole === null ? null : `${whole.from} ${whole.to}`,
      isPart: reading.mappedByHand || !complete,
    };
  });
}

function personOf({ email, name }: UsageRow): string | null {
  const who = email === null ? name?.trim() : address(email);
  return who === undefined || who === '' ? null : who;
}

const VALUES: Readonly<Record<Measure, (row: UsageRow) => number | null>> = {
  messages: (row) => row.messages,
  requests: (row) => row.requests,
  inputTokens: (row) => row.promptTokens,
  outputTokens: (row) => row.completionTokens,
  netMicros: (row) => micros(row.netUsd),
  grossMicros: (row) => micros(row.grossUsd),
};

/** Before adding, so that fractions of a cent add up exactly. */
function micros(dollars: number | null): number | null {
  return dollars === null ? null : Math.round(dollars * 1_000_000);
}

function sumOfLines(rows: readonly UsageRow[]): Figures {
  const of = (measure: Measure): StatedSum => {
    const known = rows.flatMap((row) => VALUES[measure](row) ?? []);
    return { sum: known.reduce((sum, value) => sum + value, 0), stated: known.length, of: rows.length };
  };
  return eachMeasure(of);
}

/** The sums of several people or lines together. */
export function addUp(all: readonly Figures[]): Figures {
  return eachMeasure((measure) =>
    all.reduce(
      (total, { [measure]: one }) => ({
        sum: total.sum + one.sum,
        stated: total.stated + one.stated,
        of: total.of + one.of,
      }),
      { sum: 0, stated: 0, of: 0 },
    ),
  );
}

export function eachMeasure<T>(of: (measure: Measure) => T): Record<Measure, T> {
  return {
    messages: of('messages'),
    requests: of('requests'),
    inputTokens: of('inputTokens'),
    outputTokens: of('outputTokens'),
    netMicros: of('netMicros'),
    grossMicros: of('grossMicros'),
  };
}

function measuresIn({ people }: Found): ReadonlySet<Measure> {
  return new Set(MEASURES.filter((measure) => people.some(({ figures }) => figures[measure].stated > 0)));
}

/** A newer whole file of the same days that gives every figure that the older one gives. */
function isReplacedBy(old: Found, other: Found): boolean {
  if (old.days === null || old.days !== other.days || other.isPart) return false;
  return other.observedOn > old.observedOn && measuresIn(old).isSubsetOf(measuresIn(other));
}

/** Two whole files of the same days and the same day give the same figure, and differ: equal files were left out before. */
function contradict(one: Found, other: Found): boolean {
  if (one === other || one.days === null || one.days !== other.days) return false;
  if (one.observedOn !== other.observedOn || one.isPart || other.isPart) return false;
  return !measuresIn(one).isDisjointFrom(measuresIn(other));
}

function newestFirst(a: ImportedPeriod, b: ImportedPeriod): number {
  // A file that does not say its days comes last, so that it is not taken for the newest.
  const days = (b.period?.to ?? '').localeCompare(a.period?.to ?? '');
  return (
    days ||
    b.observedOn.localeCompare(a.observedOn) ||
    a.file.localeCompare(b.file) ||
    (a.key < b.key ? -1 : 1)
  );
}
// Guide: G5.1-00 G5.2-01
