import { type KeptKey, keptKey } from './attributes.ts';
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
import { MalformedRecord, unreadable, WireReader } from './wire.ts';

/** Thrown by a record that brings more attributes than any SDK sends. */
class TooManyAttributes extends Error {}

/**
 * Reads a binary Export…ServiceRequest (opentelemetry-proto 1.x) straight into records. What is not kept is stepped
 * over without being made into a text. A record that does not fit is counted and left out; a frame that does not fit
 * throws {@link UnreadableTelemetry}.
 */
export function decodeProtobuf(signal: Signal, bytes: Buffer): Decoded {
  const decoded: Decoded = { records: [], refused: new Map() };
  try {
    const request = new WireReader(bytes);
    while (request.next()) {
      if (request.field !== 1) request.skip();
      else {
        request.expect(2);
        readResource(signal, request.message(), decoded);
      }
    }
  } catch (error) {
    if (error instanceof TooManyAttributes)
      throw new UnreadableTelemetry(`A resource has more than ${MOST_ATTRIBUTES} attributes. Send fewer.`);
    throw unreadable(error);
  }
  return decoded;
}

/** ResourceLogs, ResourceSpans and ResourceMetrics are built alike. The resource may come after what it is of. */
function readResource(signal: Signal, reader: WireReader, decoded: Decoded): void {
  let attributes: ReadonlyMap<string, Value> = new Map();
  const scopes: WireReader[] = [];
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(2);
      attributes = readAttributes(reader.message(), 1);
    } else if (reader.field === 2) {
      reader.expect(2);
      scopes.push(reader.message());
    } else reader.skip();
  }
  for (const scope of scopes) readScope(signal, scope, attributes, decoded);
}

function readScope(
  signal: Signal,
  reader: WireReader,
  attributes: Sender['attributes'],
  decoded: Decoded,
): void {
  let name: string | null = null;
  const records: WireReader[] = [];
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(2);
      const scope = reader.message();
      while (scope.next()) {
        if (scope.field === 1 && scope.type === 2) name = asName(scope.text());
        else scope.skip();
      }
    } else if (reader.field === 2) {
      reader.expect(2);
      records.push(reader.message());
    } else reader.skip();
  }
  const sender: Sender = { attributes, scope: name };
  for (const record of records) {
    if (signal === 'metrics') readMetric(record, sender, decoded);
    else take(decoded, () => (signal === 'logs' ? readLog(record, sender) : readSpan(record, sender)));
  }
}

function take(decoded: Decoded, read: () => TelemetryRecord): void {
  if (decoded.records.length >= MOST_RECORDS)
    throw new UnreadableTelemetry(`The request has more than ${MOST_RECORDS} records. Send smaller batches.`);
  try {
    decoded.records.push(read());
  } catch (error) {
    if (error instanceof MalformedRecord) countOf(decoded.refused, 'malformed');
    else if (error instanceof TooManyAttributes) countOf(decoded.refused, 'too_many_attributes');
    else throw error;
  }
}

function readLog(reader: WireReader, sender: Sender): TelemetryRecord {
  let name: string | null = null;
  let body: string | null = null;
  let time: bigint | null = null;
  let observed: bigint | null = null;
  let traceId: string | null = null;
  let spanId: string | null = null;
  const attributes = new Map<string, Value>();
  let count = 0;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.expect(1);
        time = reader.fixed64();
        break;
      case 5:
        reader.expect(2);
        body = readBody(reader.message());
        break;
      case 6:
        reader.expect(2);
        if (++count > MOST_ATTRIBUTES) throw new TooManyAttributes();
        readKeyValue(reader, attributes);
        break;
      case 9:
        reader.expect(2);
        traceId = reader.hex();
        break;
      case 10:
        reader.expect(2);
        spanId = reader.hex();
        break;
      case 11:
        reader.expect(1);
        observed = reader.fixed64();
        break;
      case 12:
        reader.expect(2);
        name = asName(reader.text());
        break;
      default:
        reader.skip();
    }
  }
  return {
    signal: 'logs',
    sender,
    name,
    body,
    time: time === 0n ? null : time,
    otherTime: observed === 0n ? null : observed,
    traceId,
    spanId,
    attributes,
    failed: null,
    measure: null,
  };
}

function readSpan(reader: WireReader, sender: Sender): TelemetryRecord {
  let name: string | null = null;
  let start: bigint | null = null;
  let end: bigint | null = null;
  let traceId: string | null = null;
  let spanId: string | null = null;
  let failed: boolean | null = null;
  const attributes = new Map<string, Value>();
  let count = 0;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.expect(2);
        traceId = reader.hex();
        break;
      case 2:
        reader.expect(2);
        spanId = reader.hex();
        break;
      case 5:
        reader.expect(2);
        name = asName(reader.text());
        break;
      case 7:
        reader.expect(1);
        start = reader.fixed64();
        break;
      case 8:
        reader.expect(1);
        end = reader.fixed64();
        break;
      case 9:
        reader.expect(2);
        if (++count > MOST_ATTRIBUTES) throw new TooManyAttributes();
        readKeyValue(reader, attributes);
        break;
      case 15: {
        reader.expect(2);
        const status = reader.message();
        while (status.next()) {
          if (status.field === 3 && status.type === 0) failed = statusFailed(status.varint());
          else status.skip();
        }
        break;
      }
      default:
        reader.skip();
    }
  }
  return {
    signal: 'traces',
    sender,
    name,
    body: null,
    time: start === 0n ? null : start,
    otherTime: end === 0n ? null : end,
    traceId,
    spanId,
    attributes,
    failed,
    measure: null,
  };
}

/** 0 unset, 1 ok, 2 error. */
export function statusFailed(code: number): boolean | null {
  return code === 2 ? true : code === 1 ? false : null;
}

/** Where a metric keeps its points, by kind: gauge, sum, histogram, exponential histogram, summary. */
const POINTS = new Set([5, 7, 9, 10, 11]);

function readMetric(reader: WireReader, sender: Sender, decoded: Decoded): void {
  let name: string | null = null;
  let unit: string | null = null;
  const kinds: { readonly numbers: boolean; readonly reader: WireReader }[] = [];
  try {
    while (reader.next()) {
      if (reader.field === 1 && reader.type === 2) name = asName(reader.text());
      else if (reader.field === 3 && reader.type === 2) unit = asName(reader.text());
      else if (POINTS.has(reader.field)) {
        reader.expect(2);
        kinds.push({ numbers: reader.field === 5 || reader.field === 7, reader: reader.message() });
      } else reader.skip();
    }
    for (const kind of kinds) {
      let running = false;
      const points: WireReader[] = [];
      while (kind.reader.next()) {
        if (kind.reader.field === 1) {
          kind.reader.expect(2);
          points.push(kind.reader.message());
        } else if (kind.reader.field === 2 && kind.reader.type === 0) running = kind.reader.varint() === 2;
        else kind.reader.skip();
      }
      for (const point of points)
        take(decoded, () => readPoint(point, kind.numbers, { sender, name, unit, running }));
    }
  } catch (error) {
    if (!(error instanceof MalformedRecord)) throw error;
    countOf(decoded.refused, 'malformed');
  }
}

interface MetricHead {
  readonly sender: Sender;
  readonly name: string | null;
  readonly unit: string | null;
  readonly running: boolean;
}

function readPoint(
  reader: WireReader,
  number: boolean,
  { sender, name, unit, running }: MetricHead,
): TelemetryRecord {
  let start: bigint | null = null;
  let time: bigint | null = null;
  let value: number | null = null;
  const attributes = new Map<string, Value>();
  let count = 0;
  while (reader.next()) {
    if (!number) reader.skip();
    else if (reader.field === 2 && reader.type === 1) start = reader.fixed64();
    else if (reader.field === 3 && reader.type === 1) time = reader.fixed64();
    else if (reader.field === 4 && reader.type === 1) value = reader.double();
    else if (reader.field === 6 && reader.type === 1) value = Number(reader.sfixed64());
    else if (reader.field === 7) {
      reader.expect(2);
      if (++count > MOST_ATTRIBUTES) throw new TooManyAttributes();
      readKeyValue(reader, attributes);
    } else reader.skip();
  }
  return {
    signal: 'metrics',
    sender,
    name,
    body: null,
    time: time === 0n ? null : time,
    otherTime: start === 0n ? null : start,
    traceId: null,
    spanId: null,
    attributes,
    failed: null,
    measure: { value, unit, running },
  };
}

function readAttributes(reader: WireReader, field: number): Map<string, Value> {
  const into = new Map<string, Value>();
  let count = 0;
  while (reader.next()) {
    if (reader.field !== field) reader.skip();
    else {
      reader.expect(2);
      if (++count > MOST_ATTRIBUTES) throw new TooManyAttributes();
      readKeyValue(reader, into);
    }
  }
  return into;
}

/** Reads in place: there are some twenty in each record. A value that comes before its key is read again after it. */
function readKeyValue(reader: WireReader, into: Map<string, Value>): void {
  const outer = reader.enter();
  let kept: KeptKey | null = null;
  let keyed = false;
  let before = -1;
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(2);
      const end = reader.over();
      keyed = true;
      kept = keptKey(reader.bytes, reader.start, end);
    } else if (reader.field === 2) {
      reader.expect(2);
      if (!keyed) before = reader.at;
      if (kept === null) reader.skip();
      else keepValue(reader, kept, into);
    } else reader.skip();
  }
  if (before >= 0 && kept !== null) {
    reader.at = before;
    keepValue(reader, kept, into);
  }
  reader.leave(outer);
}

function keepValue(reader: WireReader, { key, kind }: KeptKey, into: Map<string, Value>): void {
  const outer = reader.enter();
  const value = readAnyValue(reader);
  reader.leave(outer);
  if (value !== null) keepAttribute(into, key, value, kind);
}

/** A text, number or truth; null for lists, maps and bytes, which no attribute that is kept has. */
function readAnyValue(reader: WireReader): Value | null {
  let value: Value | null = null;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.expect(2);
        value = reader.text();
        break;
      case 2:
        reader.expect(0);
        value = reader.varint() !== 0;
        break;
      case 3:
        reader.expect(0);
        value = reader.int64();
        break;
      case 4:
        reader.expect(1);
        value = reader.double();
        break;
      default:
        reader.skip();
    }
  }
  return value;
}

function readBody(reader: WireReader): string | null {
  let body: string | null = null;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === 2) body = asName(reader.text());
    else reader.skip();
  }
  return body;
}
