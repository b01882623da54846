import { readKeyValue } from './protobuf-parts.ts';
import {
  asName,
  type Decoded,
  leaveOut,
  MAX_ATTRIBUTES,
  MalformedRecord,
  type Sender,
  type TelemetryRecord,
  TooManyAttributes,
  take,
  type Value,
} from './record.ts';
import type { WireReader } from './wire.ts';

/** Fields with a metric's data points, by kind: gauge, sum, histogram, exponential histogram, summary. */
const POINTS = new Set([5, 7, 9, 10, 11]);

/** Decodes a metric to one record per data point. */
export function readMetric(reader: WireReader, sender: Sender, decoded: Decoded): void {
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
    leaveOut(decoded, 'malformed');
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
      if (++count > MAX_ATTRIBUTES) throw new TooManyAttributes();
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
