import { count } from '#domain/text/words.ts';
import { type Kept, keptAs, nameInside } from './attributes.ts';
import { noteText } from './texts.ts';

/** The three signals of OTLP, as the last part of their address names them. */
export const SIGNALS = ['logs', 'metrics', 'traces'] as const;
export type Signal = (typeof SIGNALS)[number];

export type Value = string | number | boolean;
export type Attributes = ReadonlyMap<string, Value>;

/** What holds for all records of one emitter in a request. */
export interface Sender {
  readonly attributes: Attributes;
  /** Name of the instrumentation scope. */
  readonly scope: string | null;
}

/**
 * One log record, span or number of a metric, flat, with nothing but what {@link keptAs} lets in: texts that people
 * wrote never get this far.
 */
export interface TelemetryRecord {
  readonly signal: Signal;
  readonly sender: Sender;
  /** Name of the event, span or metric where it has a field of its own. */
  readonly name: string | null;
  /** The body where it reads like the name of an event; null where it is anything else. */
  readonly body: string | null;
  /** Instant as nanoseconds since 1970, or as written where that is no number; null: not stated. */
  readonly time: bigint | string | null;
  /** When it ended, of a span; when it was observed, of a log record. */
  readonly otherTime: bigint | string | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly attributes: Attributes;
  /** A span's own word on whether it failed; null where it says nothing. */
  readonly failed: boolean | null;
  /** Of a metric. `running` is a total since the start, which must not be added up. */
  readonly measure: {
    readonly value: number | null;
    readonly unit: string | null;
    readonly running: boolean;
  } | null;
}

/** Why records were refused or left out: fixed words, for counting. */
export type DecodeProblem = 'malformed' | 'too_many_attributes';

/** What came in one request, and how many records of it could not be read. */
export interface Decoded {
  readonly records: TelemetryRecord[];
  readonly refused: Map<DecodeProblem, number>;
}

/** The whole request cannot be read: the sender should not send it again. */
export class UnreadableTelemetry extends Error {
  override readonly name = 'UnreadableTelemetry';
}

/**
 * Thrown for each record that is left out, which may be every one of a request. It has no stack trace: nobody reads it,
 * and making tens of thousands of them holds up the thread that serves everyone.
 */
class LeftOutRecord extends Error {
  constructor(message?: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Something inside one record does not fit; the record can be left out and the rest read. */
export class MalformedRecord extends LeftOutRecord {
  override readonly name = 'MalformedRecord';
}

/** Thrown by a record or resource that brings more attributes than any SDK sends. */
export class TooManyAttributes extends LeftOutRecord {
  override readonly name = 'TooManyAttributes';
}

/** Attributes of one record or resource. The SDKs send at most 128. */
export const MAX_ATTRIBUTES = 512;
/** Records of one request, with those that are left out. The SDKs send at most 512. */
const MAX_RECORDS = 50_000;
/** Characters kept of one attribute: names, ids and addresses are shorter. */
const MAX_CHARACTERS = 256;

const UNSTORABLE = /[\0-\x1f\x7f\ud800-\udfff]/;

/** A text that any store takes: no control characters, no half characters, not longer than names are. */
export function cleanText(text: string): string {
  const short = text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text;
  if (!UNSTORABLE.test(short)) return short;
  return short.toWellFormed().replace(/[\0-\x1f\x7f]/g, ' ');
}

const NAME = /^[A-Za-z][A-Za-z0-9_.\-/:]{0,99}$/;

/** The name of an event, span, metric or scope; null for a text that someone may have written. */
export function asName(text: string): string | null {
  return text.length <= 100 && NAME.test(text) ? text : null;
}

/** What stands for a content that the sender itself had left out. */
const REDACTED = '<REDACTED>';

/** Puts into `into` what may be kept of one attribute: itself, its length, its class, or nothing. */
export function keepAttribute(
  into: Map<string, Value>,
  key: string,
  value: Value,
  kind: Kept | undefined = keptAs(key),
): void {
  if (kind === undefined) return;
  switch (kind) {
    case 'value':
      into.set(key, typeof value === 'string' ? cleanText(value) : value);
      return;
    case 'length':
      if (typeof value === 'string' && value !== REDACTED) {
        into.set(`${key}.length`, value.length);
        noteText(into, key, value);
      }
      return;
    case 'class':
      if (typeof value === 'string' && value !== REDACTED) {
        into.set(`${key}.length`, value.length);
        into.set(`${key}.class`, classOf(value));
      }
      return;
    case 'names':
      if (typeof value === 'string')
        for (const [name, text] of nameInside(value)) into.set(name, cleanText(text));
      return;
    case 'words':
      if (typeof value === 'string') into.set(key, wordsOf([value]));
  }
}

/** Words of a list in one text, `remote,file`; `none` for an empty list, and `other` for what is no such word. */
export function wordsOf(values: readonly unknown[]): string {
  const words = values
    .slice(0, 20)
    .map((one) => (typeof one === 'string' && /^[a-z][a-z0-9_-]{0,19}$/.test(one) ? one : 'other'));
  return words.length === 0 ? 'none' : words.join(',');
}

const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['timeout', /time[d ]?-? ?out|deadline/i],
  ['canceled', /abort|cancel|interrupt/i],
  ['permission', /permission|denied|forbidden|not allowed|unauthori[sz]ed|\b40[13]\b/i],
  ['not_found', /not found|no such|does not exist|\b404\b|ENOENT/i],
  ['rate_limit', /rate.?limit|too many requests|overloaded|\b429\b|\b529\b/i],
  ['network', /network|connect|socket|dns|ECONN|fetch failed|ENOTFOUND/i],
  ['invalid_input', /invalid|validation|malformed|parse|\b400\b/i],
  ['server', /internal server|\b50[0-9]\b|server error/i],
];

/** What kind of error a text speaks of. The text itself may repeat what people wrote, and is not kept. */
export function classOf(text: string): string {
  const start = text.slice(0, 2000);
  return CLASSES.find(([, pattern]) => pattern.test(start))?.[0] ?? 'other';
}

/**
 * Adds what `read` gives. A record that does not fit is counted instead, whatever about it does not: it would not fit
 * the next time either, and the others of its request are not to suffer from it.
 */
export function take(decoded: Decoded, read: () => TelemetryRecord): void {
  requireRoom(decoded.records.length + refusedOf(decoded));
  try {
    decoded.records.push(read());
  } catch (error) {
    countOf(decoded.refused, problemOf(error));
  }
}

/** Counts what is left out. Throws an UnreadableTelemetry where that is more than a request may bring. */
export function leaveOut(decoded: Decoded, problem: DecodeProblem, more = 1): void {
  requireRoom(decoded.records.length + refusedOf(decoded));
  countOf(decoded.refused, problem, more);
}

/** How many records were left out so far. */
export function refusedOf({ refused }: Decoded): number {
  let all = 0;
  for (const count of refused.values()) all += count;
  return all;
}

/** Holds no more than a request may bring, also before it is known what each is. Throws an UnreadableTelemetry. */
export function requireRoom(held: number): void {
  if (held >= MAX_RECORDS)
    throw new UnreadableTelemetry(
      `The request has more than ${count(MAX_RECORDS, 'record')}. Send smaller batches.`,
    );
}

/** Why a record, or all records of a resource, are refused. */
export function problemOf(error: unknown): DecodeProblem {
  return error instanceof TooManyAttributes ? 'too_many_attributes' : 'malformed';
}

export function countOf<K>(counts: Map<K, number>, key: K, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
