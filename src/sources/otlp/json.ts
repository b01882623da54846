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

/** Maximum nesting. OTLP itself needs eleven levels; values may contain arrays and maps. */
const MAX_DEPTH = 100;
/**
 * Maximum brackets and commas per request; 32 MB of real records have fewer. Two characters can be an object, and ten
 * million objects take more memory than a thread has, which would crash the process during parsing.
 */
const MAX_MARKS = 3_000_000;
/** Maximum length kept of a non-numeric timestamp. */
const MAX_TIME = 80;
const SPACE = 0x20;
const ZERO = 0x30;

const FIELDS = {
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const satisfies Record<Signal, readonly [string, string, string]>;

/**
 * Decodes an Export…ServiceRequest in OTLP/JSON: lowerCamelCase, 64-bit numbers as strings or numbers, ids in hex,
 * unknown fields ignored. A malformed or misplaced record is counted and skipped.
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
  /** Values found in place of arrays of records or their containers. */
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
      // Without it, the records have no sender.
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
    // No record could be recognized, so the request is not OTLP.
    if (decoded.records.length === 0 && decoded.refused.size === 0) throw notThat(first);
    leaveOut(decoded, 'malformed', wrong.length);
  }
  return decoded;
}

/** Replaces everything nested deeper than what is read by a number, before parsing. Invalid JSON remains invalid. */
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

/** The allowed attributes. Throws {@link MalformedRecord} unless given an array of keys with values. */
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

/** A string, number or boolean; null: no value, or an array, map or bytes (of which only arrays of words are kept). */
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

/** A number, which may be a string, as 64-bit numbers are. */
function numberOf(given: unknown): number | null {
  if (given === undefined || given === null || given === '') return null;
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') throw new MalformedRecord('a number is something else');
  const number = Number(given);
  return Number.isNaN(number) ? null : number;
}

/** Nanoseconds as a string or, from nonconforming senders, as a number. */
function nano(given: unknown): bigint | string | null {
  if (given === undefined || given === null || given === '' || given === '0' || given === 0) return null;
  if (typeof given === 'string')
    return /^\d{1,20}$/.test(given) ? BigInt(given) : cleanText(given.slice(0, MAX_TIME));
  if (typeof given !== 'number') throw new MalformedRecord('an instant is neither a number nor a text');
  return Number.isFinite(given) ? BigInt(Math.trunc(given)) : String(given);
}

/** An id in hex; null: another format, which is ignored. */
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
  return new UnreadableTelemetry(`“${field}” is not what OTLP says it is.`);
}

function isObject(given: unknown): given is Json {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
