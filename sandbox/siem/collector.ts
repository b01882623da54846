import { type Asked, type Fault, type Receiver, startReceiver, type Trial } from './receiver.ts';

/** A log record as received. */
export interface Collected {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly timeUnixNano: string;
  readonly severityNumber: number;
}

export interface Collector extends Receiver {
  readonly records: readonly Collected[];
}

export interface CollectorOptions {
  /** Whether a record is rejected. Rejected records are counted in the response and not kept. */
  readonly isRejected?: (record: Collected) => boolean;
  /** Accepted encodings; left out: both. */
  readonly takes?: readonly ('protobuf' | 'json')[];
  readonly fault?: (asked: Asked) => Fault | null;
  readonly port?: number;
}

/** Simulates an OpenTelemetry collector's `/v1/logs` over HTTP, in both encodings, with partial success. */
export async function startCollector(options: CollectorOptions = {}): Promise<Collector> {
  const records: Collected[] = [];
  const takes = options.takes ?? ['protobuf', 'json'];
  const receiver = await startReceiver(
    ({ path, method, headers, body }) => {
      if (path !== '/v1/logs') return { status: 404, body: '404 page not found' };
      if (method !== 'POST') return { status: 405 };
      const json = headers['content-type']?.startsWith('application/json') === true;
      if (!takes.includes(json ? 'json' : 'protobuf')) return { status: 501 };
      let found: Collected[];
      try {
        found = json ? fromJson(JSON.parse(body.toString('utf8'))) : fromProtobuf(body);
      } catch {
        return { status: 400, body: 'malformed' };
      }
      const kept = found.filter((record) => options.isRejected?.(record) !== true);
      records.push(...kept);
      const rejected = found.length - kept.length;
      if (json)
        return {
          status: 200,
          body: JSON.stringify(
            rejected === 0
              ? {}
              : {
                  partialSuccess: {
                    rejectedLogRecords: String(rejected),
                    errorMessage: 'attribute not allowed',
                  },
                },
          ),
        };
      const message = Buffer.from('attribute not allowed');
      const partial = Buffer.concat([
        Buffer.from([0x08, ...varint(rejected), 0x12, message.length]),
        message,
      ]);
      return {
        status: 200,
        headers: { 'content-type': 'application/x-protobuf' },
        body:
          rejected === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x0a, partial.length]), partial]),
      };
    },
    options.fault,
    options.port,
  );
  return { ...receiver, records };
}

/** Encodes a protobuf varint: seven bits per byte, least significant first. */
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the wire holds
type Wire = any;

function fromJson({ resourceLogs }: Wire): Collected[] {
  return resourceLogs.flatMap(({ resource, scopeLogs }: Wire) =>
    scopeLogs.flatMap(({ logRecords }: Wire) =>
      logRecords.map((record: Wire) => ({
        resource: ofPairs(resource.attributes),
        attributes: ofPairs(record.attributes),
        body: ofAny(record.body),
        timeUnixNano: record.timeUnixNano,
        severityNumber: record.severityNumber,
      })),
    ),
  );
}

function ofPairs(pairs: Wire[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, ofAny(value)]));
}

function ofAny(value: Wire): unknown {
  if ('stringValue' in value) return value.stringValue;
  if ('boolValue' in value) return value.boolValue;
  if ('intValue' in value) return Number(value.intValue);
  if ('doubleValue' in value) return value.doubleValue;
  if ('arrayValue' in value) return value.arrayValue.values.map(ofAny);
  return ofPairs(value.kvlistValue.values);
}

/**
 * Decodes a protobuf message into its fields by number, each with its values in order. Throws if the bytes are invalid.
 */
function fields(bytes: Buffer): Map<number, (bigint | Buffer)[]> {
  const found = new Map<number, (bigint | Buffer)[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const head = varint();
    const type = Number(head & 7n);
    let value: bigint | Buffer;
    if (type === 0) value = varint();
    else if (type === 1) {
      value = bytes.readBigUInt64LE(at);
      at += 8;
    } else if (type === 2) {
      const length = Number(varint());
      if (at + length > bytes.length) throw new Error('cut short');
      value = bytes.subarray(at, at + length);
      at += length;
    } else throw new Error('unknown wire type');
    const number = Number(head >> 3n);
    found.set(number, [...(found.get(number) ?? []), value]);
  }
  return found;
}

const messages = (of: Map<number, (bigint | Buffer)[]>, number: number) => (of.get(number) ?? []) as Buffer[];
const first = (of: Map<number, (bigint | Buffer)[]>, number: number) => (of.get(number) ?? [])[0];

function fromProtobuf(body: Buffer): Collected[] {
  return messages(fields(body), 1).flatMap((bytes) => {
    const logs = fields(bytes);
    const resource = pairs(fields(first(logs, 1) as Buffer), 1);
    return messages(logs, 2).flatMap((scope) =>
      messages(fields(scope), 2).map((one) => {
        const record = fields(one);
        return {
          resource,
          attributes: pairs(record, 6),
          body: any(first(record, 5) as Buffer),
          timeUnixNano: String(first(record, 1)),
          severityNumber: Number(first(record, 2)),
        };
      }),
    );
  });
}

function pairs(of: Map<number, (bigint | Buffer)[]>, number: number): Record<string, unknown> {
  return Object.fromEntries(
    messages(of, number).map((bytes) => {
      const pair = fields(bytes);
      return [(first(pair, 1) as Buffer).toString('utf8'), any(first(pair, 2) as Buffer)];
    }),
  );
}

function any(bytes: Buffer): unknown {
  const [[number, [value]]] = [...fields(bytes)] as [[number, (bigint | Buffer)[]]];
  switch (number) {
    case 1:
      return (value as Buffer).toString('utf8');
    case 2:
      return value === 1n;
    case 3:
      return Number(BigInt.asIntN(64, value as bigint));
    case 4: {
      const eight = Buffer.alloc(8);
      eight.writeBigUInt64LE(value as bigint);
      return eight.readDoubleLE();
    }
    case 5:
      return messages(fields(value as Buffer), 1).map(any);
    case 6:
      return pairs(fields(value as Buffer), 1);
    default:
      throw new Error('unknown kind of value');
  }
}

export const TRIALS: readonly Trial[] = [{ name: 'OpenTelemetry', start: startCollector }];
