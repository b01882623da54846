import { readMetric } from './protobuf-metrics.ts';
import { readAttributes, readKeyValue, TooManyAttributes, take } from './protobuf-parts.ts';
import {
  asName,
  type Decoded,
  MOST_ATTRIBUTES,
  type Sender,
  type Signal,
  type TelemetryRecord,
  UnreadableTelemetry,
  type Value,
} from './record.ts';
import { unreadable, WireReader } from './wire.ts';

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

function readBody(reader: WireReader): string | null {
  let body: string | null = null;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === 2) body = asName(reader.text());
    else reader.skip();
  }
  return body;
}
