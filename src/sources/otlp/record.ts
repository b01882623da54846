import { count } from '#domain/text/words.ts';
import { type Kept, keptAs, nameInside } from './attributes.ts';
import { noteText } from './texts.ts';

/** The three signals of OTLP, as in the last segment of their URL. */
export const SIGNALS = ['logs', 'metrics', 'traces'] as const;
export type Signal = (typeof SIGNALS)[number];

export type Value = string | number | boolean;
export type Attributes = ReadonlyMap<string, Value>;

/** What all records of one emitter in a request have in common. */
export interface Sender {
  readonly attributes: Attributes;
  /** Name of the instrumentation scope. */
  readonly scope: string | null;
}

/**
 * A log record, span or metric data point, flattened, with only what {@link keptAs} allows. Texts written by people
 * never get this far.
 */
export interface TelemetryRecord {
  readonly signal: Signal;
  readonly sender: Sender;
  /** Name of the event, span or metric, if it has its own field. */
  readonly name: string | null;
  /** The body, if it looks like an event name; otherwise null. */
  readonly body: string | null;
  /** Timestamp in nanoseconds since 1970, or as received if not numeric; null: not stated. */
  readonly time: bigint | string | null;
  /** For a span, its end; for a log record, when it was observed. */
  readonly otherTime: bigint | string | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly attributes: Attributes;
  /** Whether a span says that it failed; null: not stated. */
  readonly failed: boolean | null;
  /** For a metric. `running`: a cumulative total, which must not be summed. */
  readonly measure: {
    readonly value: number | null;
    readonly unit: string | null;
    readonly running: boolean;
  } | null;
}

/** Reasons for refusing or skipping records: fixed codes, for counting. */
export type DecodeProblem = 'malformed' | 'too_many_attributes';

/** Decoded records of one request, and the number of undecodable ones. */
export interface Decoded {
  readonly records: TelemetryRecord[];
  readonly refused: Map<DecodeProblem, number>;
}

/** The whole request is undecodable, so the sender should not retry it. */
export class UnreadableTelemetry extends Error {
  override readonly name = 'UnreadableTelemetry';
}

/**
 * Thrown for each skipped record, possibly every record of a request. It has no stack trace, because nobody reads it,
 * and creating tens of thousands would block the thread that serves everyone.
 */
class LeftOutRecord extends Error {
  constructor(message?: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A record is malformed. It can be skipped, and the rest decoded. */
export class MalformedRecord extends LeftOutRecord {
  override readonly name = 'MalformedRecord';
}

/** A record or resource has more attributes than any SDK sends. */
export class TooManyAttributes extends LeftOutRecord {
  override readonly name = 'TooManyAttributes';
}

/** Maximum attributes of a record or resource. The SDKs send at most 128. */
export const MAX_ATTRIBUTES = 512;
/** Maximum records per request, including skipped ones. The SDKs send at most 512. */
const MAX_RECORDS = 50_000;
/** Maximum characters kept of an attribute; names, ids and addresses are shorter. */
const MAX_CHARACTERS = 256;

const UNSTORABLE = /[\0-\x1f\x7f\ud800-\udfff]/;

/** Text that any store accepts: no control characters or lone surrogates, and truncated. */
export function cleanText(text: string): string {
  const short = text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text;
  if (!UNSTORABLE.test(short)) return short;
  return short.toWellFormed().replace(/[\0-\x1f\x7f]/g, ' ');
}

const NAME = /^[A-Za-z][A-Za-z0-9_.\-/:]{0,99}$/;

/** Name of an event, span, metric or scope; null: a text that a person may have written. */
export function asName(text: string): string | null {
  return text.length <= 100 && NAME.test(text) ? text : null;
}

/** Placeholder for content that the sender itself has removed. */
const REDACTED = '<REDACTED>';

/** Adds to `into` what may be kept of an attribute: its value, length or class, or nothing. */
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

/** Joins the words of an array, such as `remote,file`; `none`: empty; `other` replaces anything that is not a word. */
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

/** Class of an error text. The text itself may quote people, so it is not kept. */
export function classOf(text: string): string {
  const start = text.slice(0, 2000);
  return CLASSES.find(([, pattern]) => pattern.test(start))?.[0] ?? 'other';
}

/**
 * Adds the record returned by `read`. If that throws anything, the record is counted instead: it would fail again, and
 * the rest of its request must still be processed.
 */
export function take(decoded: Decoded, read: () => TelemetryRecord): void {
  requireRoom(decoded.records.length + refusedOf(decoded));
  try {
    decoded.records.push(read());
  } catch (error) {
    countOf(decoded.refused, problemOf(error));
  }
}

/** Counts skipped records. Throws an UnreadableTelemetry if the request exceeds its limit. */
export function leaveOut(decoded: Decoded, problem: DecodeProblem, more = 1): void {
  requireRoom(decoded.records.length + refusedOf(decoded));
  countOf(decoded.refused, problem, more);
}

/** Number of records skipped so far. */
export function refusedOf({ refused }: Decoded): number {
  let all = 0;
  for (const count of refused.values()) all += count;
  return all;
}

/** Enforces the limit per request, even before the type of each item is known. Throws an UnreadableTelemetry. */
export function requireRoom(held: number): void {
  if (held >= MAX_RECORDS)
    throw new UnreadableTelemetry(
      `The request has more than ${count(MAX_RECORDS, 'record')}. Send smaller batches.`,
    );
}

/** Reason for refusing a record, or all records of a resource. */
export function problemOf(error: unknown): DecodeProblem {
  return error instanceof TooManyAttributes ? 'too_many_attributes' : 'malformed';
}

export function countOf<K>(counts: Map<K, number>, key: K, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
