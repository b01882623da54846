import { readMetric } from './protobuf-metrics.ts';
import { readAttributes, readKeyValue } from './protobuf-parts.ts';
import {
  asName,
  type Decoded,
  leaveOut,
  MAX_ATTRIBUTES,
  MalformedRecord,
  problemOf,
  refusedOf,
  requireRoom,
  type Sender,
  type Signal,
  type TelemetryRecord,
  TooManyAttributes,
  take,
  UnreadableTelemetry,
  type Value,
} from './record.ts';
import { unreadable, WireReader } from './wire.ts';

/**
 * Decodes a binary Export…ServiceRequest (opentelemetry-proto 1.x) directly to records. What is not kept is skipped
 * without being decoded to strings. A malformed record, scope or resource is counted and skipped. Throws {@link
 * UnreadableTelemetry} only if nothing can be recognized.
 */
export function decodeProtobuf(signal: Signal, bytes: Buffer): Decoded {
  const decoded: Decoded = { records: [], refused: new Map() };
  const request = new WireReader(bytes);
  let broken: unknown = null;
  try {
    while (request.next()) {
      if (request.field !== 1) request.skip();
      else if (request.type !== 2) {
        const problem = wrongType(request, decoded);
        broken ??= problem;
      } else broken = readResource(signal, request.message(), decoded) ?? broken;
    }
  } catch (error) {
    throw unreadable(error);
  }
  // No record could be recognized, so the request is not OTLP.
  if (broken !== null && decoded.records.length === 0 && refusedOf(decoded) <= 1) throw unreadable(broken);
  return decoded;
}

/** Counts a value of the wrong type in place of a record or a container of records. */
function wrongType(reader: WireReader, decoded: Decoded): MalformedRecord {
  const problem = new MalformedRecord(`field ${reader.field} has the wrong type`);
  reader.skip();
  leaveOut(decoded, 'malformed');
  return problem;
}

/**
 * ResourceLogs, ResourceSpans and ResourceMetrics have the same structure. The resource may come after its scopes.
 * Returns the error if the resource is malformed: then its records have no sender, and all of them are refused.
 */
function readResource(signal: Signal, reader: WireReader, decoded: Decoded): unknown {
  let attributes: ReadonlyMap<string, Value> = new Map();
  let broken: unknown = null;
  const scopes: WireReader[] = [];
  try {
    while (reader.next()) {
      if (reader.field === 1) {
        reader.expect(2);
        const resource = reader.message();
        try {
          attributes = readAttributes(resource, 1);
        } catch (error) {
          broken ??= error;
        }
      } else if (reader.field === 2) {
        if (reader.type === 2) {
          requireRoom(scopes.length);
          scopes.push(reader.message());
        } else wrongType(reader, decoded);
      } else reader.skip();
    }
  } catch (error) {
    if (error instanceof UnreadableTelemetry) throw error;
    broken ??= error;
  }
  if (broken === null) {
    for (const scope of scopes) broken = readScope(signal, scope, attributes, decoded) ?? broken;
    return broken;
  }
  const lost = scopes.reduce((sum, scope) => sum + recordsIn(signal, scope), 0);
  leaveOut(decoded, problemOf(broken), Math.max(1, lost));
  return broken;
}

/** Number of records in a scope, as far as it can be decoded. */
function recordsIn(signal: Signal, scope: WireReader): number {
  const all: Decoded = { records: [], refused: new Map() };
  readScope(signal, scope, new Map(), all);
  return all.records.length + refusedOf(all);
}

function readScope(
  signal: Signal,
  reader: WireReader,
  attributes: Sender['attributes'],
  decoded: Decoded,
): unknown {
  let name: string | null = null;
  let broken: unknown = null;
  const records: WireReader[] = [];
  try {
    while (reader.next()) {
      if (reader.field === 1) {
        reader.expect(2);
        const scope = reader.message();
        while (scope.next()) {
          if (scope.field === 1 && scope.type === 2) name = asName(scope.text());
          else scope.skip();
        }
      } else if (reader.field === 2) {
        if (reader.type === 2) {
          requireRoom(records.length);
          records.push(reader.message());
        } else wrongType(reader, decoded);
      } else reader.skip();
    }
  } catch (error) {
    if (error instanceof UnreadableTelemetry) throw error;
    // Keep what was decoded before the error; what comes after it cannot be located.
    broken = error;
    leaveOut(decoded, problemOf(error));
  }
  const sender: Sender = { attributes, scope: name };
  for (const record of records) {
    if (signal === 'metrics') readMetric(record, sender, decoded);
    else take(decoded, () => (signal === 'logs' ? readLog(record, sender) : readSpan(record, sender)));
  }
  return broken;
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
        if (++count > MAX_ATTRIBUTES) throw new TooManyAttributes();
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
        if (++count > MAX_ATTRIBUTES) throw new TooManyAttributes();
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

/** OTLP status codes: 0 unset, 1 ok, 2 error. */
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
