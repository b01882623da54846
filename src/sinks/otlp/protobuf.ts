import type { AnyValue, KeyValue, LogRecord } from './record.ts';

/**
 * Encodes log records as protobuf (opentelemetry/proto/logs/v1/logs.proto, common.proto, resource.proto) and decodes
 * the response (logs_service.proto). Field numbers are from there; only the fields that are sent or read are
 * implemented.
 */

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** `ExportLogsServiceRequest` around encoded records. */
export function requestBytes(resource: readonly KeyValue[], records: readonly Buffer[]): Buffer {
  const scope = text(1, 'bylaw');
  const scopeLogs = [field(1, scope), ...records.map((record) => field(2, record))];
  const resourceLogs = [field(1, keyValues(1, resource)), field(2, Buffer.concat(scopeLogs))];
  return field(1, Buffer.concat(resourceLogs));
}

/** A `LogRecord`. */
export function recordBytes(record: LogRecord): Buffer {
  return Buffer.concat([
    fixed(1, record.timeUnixNano),
    tag(2, VARINT),
    varint(BigInt(record.severityNumber)),
    text(3, record.severityText),
    field(5, anyBytes(record.body)),
    keyValues(6, record.attributes),
    fixed(11, record.observedTimeUnixNano),
    text(12, record.eventName),
  ]);
}

function keyValues(number: number, pairs: readonly KeyValue[]): Buffer {
  return Buffer.concat(
    pairs.map(({ key, value }) => field(number, Buffer.concat([text(1, key), field(2, anyBytes(value))]))),
  );
}

function anyBytes(value: AnyValue): Buffer {
  if ('stringValue' in value) return text(1, value.stringValue);
  if ('boolValue' in value) return Buffer.concat([tag(2, VARINT), varint(value.boolValue ? 1n : 0n)]);
  if ('intValue' in value)
    return Buffer.concat([tag(3, VARINT), varint(BigInt.asUintN(64, BigInt(value.intValue)))]);
  if ('doubleValue' in value) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value.doubleValue);
    return Buffer.concat([tag(4, FIXED64), bytes]);
  }
  if ('arrayValue' in value)
    return field(5, Buffer.concat(value.arrayValue.values.map((one) => field(1, anyBytes(one)))));
  return field(6, keyValues(1, value.kvlistValue.values));
}

function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([tag(number, BYTES), varint(BigInt(bytes.length)), bytes]);
}

function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value));
}

function fixed(number: number, value: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return Buffer.concat([tag(number, FIXED64), bytes]);
}

function tag(number: number, type: number): Buffer {
  return varint(BigInt((number << 3) | type));
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** The rejections in an `ExportLogsServiceResponse`; null: it is not one. An empty one rejects nothing. */
export function readResponse(bytes: Buffer): PartialSuccess | null {
  const whole = readFields(bytes);
  if (whole === null) return null;
  const partial = whole.find(({ number, type }) => number === 1 && type === BYTES);
  if (partial === undefined) return { rejected: 0, message: '' };
  const inner = readFields(partial.bytes);
  if (inner === null) return null;
  const rejected = inner.findLast(({ number, type }) => number === 1 && type === VARINT)?.value ?? 0n;
  const message = inner.findLast(({ number, type }) => number === 2 && type === BYTES)?.bytes;
  return {
    rejected: Math.max(0, Number(BigInt.asIntN(64, rejected))),
    message: message?.toString('utf8') ?? '',
  };
}

interface Field {
  readonly number: number;
  readonly type: number;
  readonly value: bigint;
  readonly bytes: Buffer;
}

function readFields(bytes: Buffer): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  const next = (): bigint | null => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) return null;
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return null;
  };
  while (at < bytes.length) {
    const head = next();
    if (head === null) return null;
    const number = Number(head >> 3n);
    const type = Number(head & 7n);
    const value = type === VARINT || type === BYTES ? next() : 0n;
    if (value === null || ![VARINT, FIXED64, BYTES, FIXED32].includes(type)) return null;
    const length = type === BYTES ? Number(value) : type === FIXED64 ? 8 : type === FIXED32 ? 4 : 0;
    if (length > bytes.length - at) return null;
    fields.push({ number, type, value, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}
