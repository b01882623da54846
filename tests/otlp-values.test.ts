import { expect, it } from 'vitest';
import { logRecord, logsRequest, type Values } from '../bench/ingest/wire.ts';
import { decodeProtobuf } from '../src/sources/otlp/protobuf.ts';

/** Decodes records in sequence, because the decoder caches repeated strings. */
const read = (...records: readonly Values[]) =>
  decodeProtobuf(
    'logs',
    logsRequest(
      { 'service.name': 'claude-code' },
      'com.anthropic.claude_code.events',
      records.map((values) => logRecord(1_795_000_000_000, 'claude_code.user_prompt', values)),
    ),
  ).records.map(({ attributes }) => Object.fromEntries(attributes));

it('reads each value as it stands, whatever the record before said', () => {
  const long = 'n'.repeat(300);
  const said = [
    { 'session.id': 'one', tool_name: 'Bash', duration_ms: '19' },
    { 'session.id': 'one', tool_name: 'Bush', duration_ms: 19 },
    { 'session.id': 'on', tool_name: 'Basher', duration_ms: true },
    { 'session.id': '', tool_name: 'Bü€😀', duration_ms: '19' },
    { 'session.id': 'one', tool_name: long, duration_ms: '' },
    { 'session.id': 'one', tool_name: `${long}o`, duration_ms: '0' },
  ];
  expect(read(...said)).toEqual(said.map((one) => ({ ...one, tool_name: one.tool_name.slice(0, 256) })));
  // Another request starts with the values with which the last one ended.
  expect(read({ 'session.id': 'one', tool_name: 'Bash' })).toEqual([
    { 'session.id': 'one', tool_name: 'Bash' },
  ]);
});

it('cleans a value that comes again as it did the first time', () => {
  const torn = { 'session.id': 'a\u0000b\u001bc' };
  expect(read(torn, torn, { 'session.id': 'a b c' })).toEqual([
    { 'session.id': 'a b c' },
    { 'session.id': 'a b c' },
    { 'session.id': 'a b c' },
  ]);
});

it('keeps no text of what people write, and its own length each time', () => {
  expect(
    read({ prompt: 'Who has left?' }, { prompt: 'Who has left?' }, { prompt: 'And who stays?' }),
  ).toEqual([{ 'prompt.length': 13 }, { 'prompt.length': 13 }, { 'prompt.length': 14 }]);
});
