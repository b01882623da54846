import { statusFailed } from './protobuf.ts';
import {
  asName,
  countOf,
  type Decoded,
  keepAttribute,
  MOST_ATTRIBUTES,
  MOST_RECORDS,
  type Sender,
  type Signal,
  type TelemetryRecord,
  UnreadableTelemetry,
  type Value,
} from './record.ts';

type Json = Readonly<Record<string, unknown>>;

/** Brackets inside brackets. What OTLP itself needs is eleven; values may hold lists and maps. */
const MOST_DEPTH = 100;

const FIELDS = {
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const satisfies Record<Signal, readonly [string, string, string]>;

/**
 * Reads an Export…ServiceRequest in OTLP's JSON: lowerCamelCase, 64-bit numbers as texts or numbers, ids in hex, unknown
 * fields stepped over. A record that does not fit is counted and left out.
 */
export function decodeJson(signal: Signal, bytes: Buffer): Decoded {
  refuseDepth(bytes);
  let request: unknown;
  try {
    request = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UnreadableTelemetry('The body is not JSON, or it is cut off.');
  }
  if (!isObject(request))
    throw new UnreadableTelemetry('The body is JSON, but not an export request of OTLP.');
  const decoded: Decoded = { records: [], refused: new Map() };
  const [resources, scopes, records] = FIELDS[signal];
  for (const resource of list(request[resources], resources)) {
    if (!isObject(resource)) throw notThat(resources);
    const attributes = resourceAttributes(resource.resource);
    for (const scope of list(resource[scopes], scopes)) {
      if (!isObject(scope)) throw notThat(scopes);
      const name =
        isObject(scope.scope) && typeof scope.scope.name === 'string' ? asName(scope.scope.name) : null;
      const sender: Sender = { attributes, scope: name };
      for (const record of list(scope[records], records)) readOne(signal, record, sender, decoded);
    }
  }
  return decoded;
}

/** Deep nesting is refused before anything is made of it. */
function refuseDepth(bytes: Buffer): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > MOST_DEPTH)
        throw new UnreadableTelemetry(`The JSON is nested more than ${MOST_DEPTH} levels deep.`);
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
}

function readOne(signal: Signal, record: unknown, sender: Sender, decoded: Decoded): void {
  if (!isObject(record)) {
    countOf(decoded.refused, 'malformed');
    return;
  }
  if (signal === 'metrics') readMetric(record, sender, decoded);
  else
    take(decoded, record.attributes, (attributes) =>
      signal === 'logs' ? logOf(record, sender, attributes) : spanOf(record, sender, attributes),
    );
}

function take(
  decoded: Decoded,
  given: unknown,
  make: (attributes: Map<string, Value>) => TelemetryRecord,
): void {
  if (decoded.records.length >= MOST_RECORDS)
    throw new UnreadableTelemetry(`The request has more than ${MOST_RECORDS} records. Send smaller batches.`);
  const attributes = attributesOf(given);
  if (typeof attributes === 'string') countOf(decoded.refused, attributes);
  else decoded.records.push(make(attributes));
}

function logOf(record: Json, sender: Sender, attributes: Map<string, Value>): TelemetryRecord {
  const body = isObject(record.body) ? record.body.stringValue : null;
  return {
    signal: 'logs',
    sender,
    name: nameOf(record.eventName),
    body: typeof body === 'string' ? asName(body) : null,
    time: nano(record.timeUnixNano),
    otherTime: nano(record.observedTimeUnixNano),
    traceId: hex(record.traceId),
    spanId: hex(record.spanId),
    attributes,
    failed: null,
    measure: null,
  };
}

function spanOf(record: Json, sender: Sender, attributes: Map<string, Value>): TelemetryRecord {
  const code = isObject(record.status) ? record.status.code : null;
  return {
    signal: 'traces',
    sender,
    name: nameOf(record.name),
    body: null,
    time: nano(record.startTimeUnixNano),
    otherTime: nano(record.endTimeUnixNano),
    traceId: hex(record.traceId),
    spanId: hex(record.spanId),
    attributes,
    failed: typeof code === 'number' ? statusFailed(code) : null,
    measure: null,
  };
}

const KINDS = ['sum', 'gauge', 'histogram', 'exponentialHistogram', 'summary'] as const;

function readMetric(metric: Json, sender: Sender, decoded: Decoded): void {
  const name = nameOf(metric.name);
  const unit = nameOf(metric.unit);
  for (const kind of KINDS) {
    const data = metric[kind];
    if (!isObject(data)) continue;
    const points = data.dataPoints;
    if (!Array.isArray(points)) {
      countOf(decoded.refused, 'malformed');
      continue;
    }
    const number = kind === 'sum' || kind === 'gauge';
    for (const point of points) {
      if (!isObject(point)) countOf(decoded.refused, 'malformed');
      else
        take(decoded, point.attributes, (attributes) => ({
          signal: 'metrics',
          sender,
          name,
          body: null,
          time: number ? nano(point.timeUnixNano) : null,
          otherTime: number ? nano(point.startTimeUnixNano) : null,
          traceId: null,
          spanId: null,
          attributes: number ? attributes : new Map(),
          failed: null,
          measure: {
            value: number ? numberOf(point.asDouble ?? point.asInt) : null,
            unit,
            running: data.aggregationTemporality === 2,
          },
        }));
    }
  }
}

function resourceAttributes(resource: unknown): Map<string, Value> {
  const attributes = attributesOf(isObject(resource) ? resource.attributes : undefined);
  if (attributes === 'too_many_attributes')
    throw new UnreadableTelemetry(`A resource has more than ${MOST_ATTRIBUTES} attributes. Send fewer.`);
  if (attributes === 'malformed') throw notThat('resource.attributes');
  return attributes;
}

function attributesOf(given: unknown): Map<string, Value> | 'malformed' | 'too_many_attributes' {
  const into = new Map<string, Value>();
  if (given === undefined || given === null) return into;
  if (!Array.isArray(given)) return 'malformed';
  if (given.length > MOST_ATTRIBUTES) return 'too_many_attributes';
  for (const one of given) {
    if (!isObject(one) || typeof one.key !== 'string') return 'malformed';
    const value = attributeValue(one.value);
    if (value !== null) keepAttribute(into, one.key, value);
  }
  return into;
}

function attributeValue(given: unknown): Value | null {
  if (!isObject(given)) return null;
  if (typeof given.stringValue === 'string') return given.stringValue;
  if (given.intValue !== undefined) return numberOf(given.intValue);
  if (typeof given.boolValue === 'boolean') return given.boolValue;
  return numberOf(given.doubleValue);
}

function numberOf(given: unknown): number | null {
  if (typeof given === 'number') return given;
  if (typeof given !== 'string' || given.trim() === '') return null;
  const number = Number(given);
  return Number.isNaN(number) ? null : number;
}

/** Nanoseconds as a text or, from senders that do not keep to the rules, as a number. */
function nano(given: unknown): bigint | string | null {
  if (given === undefined || given === null || given === '' || given === '0' || given === 0) return null;
  if (typeof given === 'string') {
    if (/^\d{1,20}$/.test(given)) return BigInt(given);
    return given.slice(0, 80);
  }
  if (typeof given === 'number' && Number.isFinite(given)) return BigInt(Math.trunc(given));
  return String(given).slice(0, 80);
}

function hex(given: unknown): string | null {
  return typeof given === 'string' && /^[0-9a-fA-F]{2,64}$/.test(given) ? given.toLowerCase() : null;
}

function nameOf(given: unknown): string | null {
  return typeof given === 'string' ? asName(given) : null;
}

function list(given: unknown, field: string): readonly unknown[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw notThat(field);
  return given;
}

function notThat(field: string): UnreadableTelemetry {
  return new UnreadableTelemetry(`"${field}" is not what OTLP says it is.`);
}

function isObject(given: unknown): given is Json {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
