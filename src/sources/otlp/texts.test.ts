import { expect, it } from 'vitest';
import { decodeJson } from './json.ts';
import { decodeProtobuf } from './protobuf.ts';
import { catchTexts } from './texts.ts';

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]);
const field = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);
const attribute = (key: string, value: string): Buffer =>
  field(6, Buffer.concat([field(1, Buffer.from(key)), field(2, field(1, Buffer.from(value)))]));

const VALUES = {
  prompt: 'Grüße an Zoë',
  response: '<REDACTED>',
  tool_input: '{"q":1}',
  body: 'no text that a charter can name',
  tool_name: 'Write',
};
const protobuf = field(
  1,
  field(2, field(2, Buffer.concat(Object.entries(VALUES).map(([key, value]) => attribute(key, value))))),
);
const json = Buffer.from(
  JSON.stringify({
    resourceLogs: [
      {
        scopeLogs: [
          {
            logRecords: [
              {
                attributes: Object.entries(VALUES).map(([key, stringValue]) => ({
                  key,
                  value: { stringValue },
                })),
              },
            ],
          },
        ],
      },
    ],
  }),
);

it.each([
  ['protobuf', () => decodeProtobuf('logs', protobuf)],
  ['JSON', () => decodeJson('logs', json)],
] as const)('catches of %s what a charter can let be kept, and only while it is asked to', (_, decode) => {
  const plain = decode();
  const { decoded, caught } = catchTexts(decode);
  expect(decoded).toEqual(plain);
  expect(plain.records).toHaveLength(1);
  expect([...(plain.records[0]?.attributes.keys() ?? [])]).not.toContain('prompt');
  expect(caught.get(decoded.records[0]?.attributes ?? new Map())).toEqual([
    { part: 'prompt', text: 'Grüße an Zoë', characters: 12 },
    { part: 'tool_input', text: '{"q":1}', characters: 7 },
  ]);
  decode();
  expect(caught.size).toBe(1);
});

it('stops where the request cannot be read', () => {
  expect(() => catchTexts(() => decodeJson('logs', Buffer.from('{')))).toThrow(/not JSON/);
  const { caught } = catchTexts(() => null);
  decodeJson('logs', json);
  expect(caught.size).toBe(0);
});
