import { keptAs } from './attributes.ts';
import { statusFailed } from './protobuf.ts';
import {
  asName,
  cleanText,
  type Decoded,
  keepAttribute,
  leaveOut,
  MAX_ATTRIBUTES,
  MalformedRecord,
  problemOf,
  type Sender,
  type Signal,
  type TelemetryRecord,
  TooManyAttributes,
  take,
  UnreadableTelemetry,
  type Value,
  wordsOf,
} from './record.ts';

type Json = Readonly<Record<string, unknown>>;

/** Brackets inside brackets. What OTLP itself needs is eleven; values may hold lists and maps. */
const MAX_DEPTH = 100;
/**
 * Brackets and commas of one request: no 32 MB of real records have more. Two characters can stand for an object, and
 * ten million of them take more memory than a thread has, which ends the whole process in the middle of parsing.
 */
const MAX_MARKS = 3_000_000;
/** Characters kept of an instant that is no number. */
const MAX_TIME = 80;
const SPACE = 0x20;
const ZERO = 0x30;

const FIELDS = {
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const satisfies Record<Signal, readonly [string, string, string]>;

/**
 * Reads an Export…ServiceRequest in OTLP's JSON: lowerCamelCase, 64-bit numbers as texts or numbers, ids in hex, unknown
 * fields stepped over. A record that does not fit, or that stands where nothing can be made of it, is counted and left
 * out.
 */
export function decodeJson(signal: Signal, bytes: Buffer): Decoded {
  flatten(bytes);
  let request: unknown;
  try {
    request = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UnreadableTelemetry('The body is not JSON, or it is cut off.');
  }
  const [resources, scopes, records] = FIELDS[signal];
  if (!isObject(request))
    throw new UnreadableTelemetry('The body is JSON, but not an export request of OTLP.');
  const all = request[resources] ?? [];
  if (!Array.isArray(all)) throw notThat(resources);
  const decoded: Decoded = { records: [], refused: new Map() };
  /** What was found where records, or what holds them, should be, and is something else. */
  const wrong: string[] = [];
  const listIn = (holder: Json, field: string): readonly unknown[] => {
    const given = holder[field] ?? [];
    if (Array.isArray(given)) return given;
    wrong.push(field);
    return [];
  };
  const objectsIn = (given: readonly unknown[], field: string): Json[] => {
    const objects = given.filter(isObject);
    for (let n = objects.length; n < given.length; n += 1) wrong.push(field);
    return objects;
  };
  for (const resource of objectsIn(all, resources)) {
    const within = objectsIn(listIn(resource, scopes), scopes);
    let attributes: Map<string, Value>;
    try {
      attributes = attributesOf(objectIn(resource.resource)?.attributes);
    } catch (error) {
      // Its records say nothing of who sent them.
      const lost = within.reduce((sum, scope) => sum + listIn(scope, records).length, 0);
      leaveOut(decoded, problemOf(error), Math.max(1, lost));
      continue;
    }
    for (const scope of within) {
      const named = isObject(scope.scope) ? scope.scope.name : null;
      const sender: Sender = { attributes, scope: typeof named === 'string' ? asName(named) : null };
      for (const record of listIn(scope, records)) readOne(signal, record, sender, decoded);
    }
  }
  const [first] = wrong;
  if (first !== undefined) {
    // Nothing in it could be told apart as a record: its sender speaks something else.
    if (decoded.records.length === 0 && decoded.refused.size === 0) throw notThat(first);
    leaveOut(decoded, 'malformed', wrong.length);
  }
  return decoded;
}

/**
 * Takes the inside out of whatever is nested deeper than anything that is read, before something is made of it: a
 * number stands there instead. Where that was no value at all, the JSON stays what it was, no JSON.
 */
function flatten(bytes: Buffer): void {
  let depth = 0;
  let quoted = false;
  let marks = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (marks > MAX_MARKS)
      throw new UnreadableTelemetry(
        'The request holds more values than can be read at once. Send smaller batches.',
      );
    const byte = bytes[at];
    if (depth > MAX_DEPTH) bytes[at] = SPACE;
    if (quoted) {
      if (byte === 0x5c) {
        at += 1;
        if (depth > MAX_DEPTH && at < bytes.length) bytes[at] = SPACE;
      } else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x2c) marks += 1;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      marks += 1;
      if (depth === MAX_DEPTH + 1) bytes[at] = ZERO;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
}

function readOne(signal: Signal, record: unknown, sender: Sender, decoded: Decoded): void {
  if (!isObject(record)) leaveOut(decoded, 'malformed');
  else if (signal === 'metrics') readMetric(record, sender, decoded);
  else take(decoded, () => (signal === 'logs' ? logOf(record, sender) : spanOf(record, sender)));
}

function logOf(record: Json, sender: Sender): TelemetryRecord {
  const body = textOf(objectIn(record.body)?.stringValue);
  return {
    signal: 'logs',
    sender,
    name: nameOf(record.eventName),
    body: body === null ? null : asName(body),
    time: nano(record.timeUnixNano),
    otherTime: nano(record.observedTimeUnixNano),
    traceId: hex(record.traceId),
    spanId: hex(record.spanId),
    attributes: attributesOf(record.attributes),
    failed: null,
    measure: null,
  };
}

function spanOf(record: Json, sender: Sender): TelemetryRecord {
  const code = objectIn(record.status)?.code;
  return {
    signal: 'traces',
    sender,
    name: nameOf(record.name),
    body: null,
    time: nano(record.startTimeUnixNano),
    otherTime: nano(record.endTimeUnixNano),
    traceId: hex(record.traceId),
    spanId: hex(record.spanId),
    attributes: attributesOf(record.attributes),
    failed: typeof code === 'number' ? statusFailed(code) : null,
    measure: null,
  };
}

const KINDS = ['sum', 'gauge', 'histogram', 'exponentialHistogram', 'summary'] as const;

function readMetric(metric: Json, sender: Sender, decoded: Decoded): void {
  for (const kind of KINDS) {
    const data = metric[kind];
    if (data === undefined || data === null) continue;
    const points = isObject(data) ? (data.dataPoints ?? []) : null;
    if (!isObject(data) || !Array.isArray(points)) {
      leaveOut(decoded, 'malformed');
      continue;
    }
    const number = kind === 'sum' || kind === 'gauge';
    const running = data.aggregationTemporality === 2;
    for (const point of points)
      take(decoded, () => {
        if (!isObject(point)) throw new MalformedRecord('a data point is no object');
        return {
          signal: 'metrics',
          sender,
          name: nameOf(metric.name),
          body: null,
          time: number ? nano(point.timeUnixNano) : null,
          otherTime: number ? nano(point.startTimeUnixNano) : null,
          traceId: null,
          spanId: null,
          attributes: number ? attributesOf(point.attributes) : new Map(),
          failed: null,
          measure: {
            value: number ? numberOf(point.asDouble ?? point.asInt) : null,
            unit: nameOf(metric.unit),
            running,
          },
        };
      });
  }
}

/** What may be kept of attributes. Throws {@link MalformedRecord} where they are no list of keys with values. */
function attributesOf(given: unknown): Map<string, Value> {
  const into = new Map<string, Value>();
  if (given === undefined || given === null) return into;
  if (!Array.isArray(given)) throw new MalformedRecord('the attributes are no list');
  if (given.length > MAX_ATTRIBUTES) throw new TooManyAttributes();
  for (const one of given) {
    if (!isObject(one) || typeof one.key !== 'string')
      throw new MalformedRecord('an attribute is no key with a value');
    const given = objectIn(one.value);
    const value = attributeValue(given);
    if (value !== null) keepAttribute(into, one.key, value);
    else if (keptAs(one.key) === 'words') keepWords(into, one.key, given);
  }
  return into;
}

function keepWords(into: Map<string, Value>, key: string, given: Json | null): void {
  const list = objectIn(given?.arrayValue);
  if (list === null) return;
  const values = list.values ?? [];
  if (!Array.isArray(values)) throw new MalformedRecord('a list is something else');
  into.set(key, wordsOf(values.map((one) => (isObject(one) ? one.stringValue : null))));
}

/** A text, number or truth; null for lists, maps and bytes, of which only lists of words are kept, and for no value. */
function attributeValue(given: Json | null): Value | null {
  if (given === null) return null;
  const text = textOf(given.stringValue);
  if (text !== null) return text;
  const whole = numberOf(given.intValue);
  if (whole !== null) return whole;
  const { boolValue } = given;
  if (typeof boolValue === 'boolean') return boolValue;
  if (boolValue !== undefined && boolValue !== null) throw new MalformedRecord('a truth is something else');
  return numberOf(given.doubleValue);
}

/** A number, also written as a text, as 64-bit numbers are. */
function numberOf(given: unknown): number | null {
  if (given === undefined || given === null || given === '') return null;
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') throw new MalformedRecord('a number is something else');
  const number = Number(given);
  return Number.isNaN(number) ? null : number;
}

/** Nanoseconds as a text or, from senders that do not keep to the rules, as a number. */
function nano(given: unknown): bigint | string | null {
  if (given === undefined || given === null || given === '' || given === '0' || given === 0) return null;
  if (typeof given === 'string')
    return /^\d{1,20}$/.test(given) ? BigInt(given) : cleanText(given.slice(0, MAX_TIME));
  if (typeof given !== 'number') throw new MalformedRecord('an instant is neither a number nor a text');
  return Number.isFinite(given) ? BigInt(Math.trunc(given)) : String(given);
}

/** An id in hex; null for one in another form, which is only not used. */
function hex(given: unknown): string | null {
  const text = textOf(given);
  return text !== null && /^[0-9a-fA-F]{2,64}$/.test(text) ? text.toLowerCase() : null;
}

function nameOf(given: unknown): string | null {
  const text = textOf(given);
  return text === null ? null : asName(text);
}

function textOf(given: unknown): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string') throw new MalformedRecord('a text is something else');
  return given;
}

function objectIn(given: unknown): Json | null {
  if (given === undefined || given === null) return null;
  if (!isObject(given)) throw new MalformedRecord('an object is something else');
  return given;
}

function notThat(field: string): UnreadableTelemetry {
  return new UnreadableTelemetry(`"${field}" is not what OTLP says it is.`);
}

function isObject(given: unknown): given is Json {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
