/** Encodes protobuf requests as senders do. */
export function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

function fixed64(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = (number << 3) | 1;
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
}

export type Values = Readonly<Record<string, string | number | boolean>>;

export function attributes(number: number, values: Values): Buffer {
  return Buffer.concat(
    Object.entries(values).map(([key, value]) =>
      field(number, Buffer.concat([field(1, Buffer.from(key)), field(2, anyValue(value))])),
    ),
  );
}

function anyValue(value: string | number | boolean): Buffer {
  if (typeof value === 'string') return field(1, Buffer.from(value));
  if (typeof value === 'boolean') return Buffer.from([0x10, value ? 1 : 0]);
  return Buffer.concat([Buffer.from([0x18]), varint(value)]);
}

/** A LogRecord with its time in milliseconds. */
export function logRecord(ms: number, body: string, values: Values): Buffer {
  const nanos = BigInt(ms) * 1_000_000n;
  return Buffer.concat([
    fixed64(1, nanos),
    field(5, field(1, Buffer.from(body))),
    attributes(6, values),
    fixed64(11, nanos),
  ]);
}

/** An ExportLogsServiceRequest with one resource and scope. */
export function logsRequest(resource: Values, scope: string, records: readonly Buffer[]): Buffer {
  const scopeLogs = Buffer.concat([
    field(1, field(1, Buffer.from(scope))),
    ...records.map((record) => field(2, record)),
  ]);
  return field(1, Buffer.concat([field(1, attributes(1, resource)), field(2, scopeLogs)]));
}
