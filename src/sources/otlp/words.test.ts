import { expect, it } from 'vitest';
import { decodeJson } from './json.ts';
import { decodeProtobuf } from './protobuf.ts';

/** A Protocol Buffers message: a length-delimited field with text or nested messages. */
const field = (number: number, ...parts: readonly Uint8Array[]) => {
  const inside = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([(number << 3) | 2, inside.length]), inside]);
};
const text = (number: number, value: string) => field(number, Buffer.from(value));
const KEY = 'managed_settings.sources';

function asProtobuf(values: readonly string[]) {
  const list = field(5, ...values.map((value) => field(1, text(1, value))));
  const attribute = field(6, text(1, KEY), field(2, list));
  return decodeProtobuf('logs', field(1, field(2, field(2, attribute))));
}
function asJson(values: readonly string[]) {
  const list = { arrayValue: { values: values.map((stringValue) => ({ stringValue })) } };
  const record = { attributes: [{ key: KEY, value: list }] };
  return decodeJson(
    'logs',
    Buffer.from(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })),
  );
}

it.each<[readonly string[], string]>([
  [[], 'none'],
  [['remote', 'file'], 'remote,file'],
  [['hklm'], 'hklm'],
  [['What someone wrote'], 'other'],
])('keeps where managed settings come from, in either encoding: %j', (values, kept) => {
  for (const decoded of [asProtobuf(values), asJson(values)]) {
    expect([...decoded.refused]).toEqual([]);
    expect(decoded.records.map(({ attributes }) => attributes.get(KEY))).toEqual([kept]);
  }
});
