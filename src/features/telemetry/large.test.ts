import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leastCpu } from '#domain/testing/cpu.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { UnreadableTelemetry } from '#sources/otlp/record.ts';
import { activitiesAfter } from '#store/activity/read.ts';
import { decodeHere, decodeInThread, isLarge } from './decode.ts';
import { coworkLogs, sender } from './testing/send.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

const EVENTS = 3_000;
const large = () =>
  coworkLogs(
    Array.from({ length: EVENTS }, (_, at) => ({
      name: 'user_prompt',
      values: { 'event.sequence': at, prompt: `what Jane wrote ${at}`, prompt_length: 12 },
    })),
  );

it('takes a large request whole, and says how much of it was left out', async () => {
  const client = await bylaw.client('Cedar');
  const { send } = await sender(bylaw, client.slug);
  const request = large();
  const [record] = request.resourceLogs[0]?.scopeLogs[0]?.logRecords ?? [];
  Object.assign(record ?? {}, { timeUnixNano: { not: 'a time' } });
  const body = Buffer.from(JSON.stringify(request));
  expect(isLarge(body)).toBe(true);
  const { status, body: answer } = await send('logs', gzipSync(body), { 'content-encoding': 'gzip' });
  expect([status, Number(answer.partialSuccess?.rejectedLogRecords)]).toEqual([200, 1]);
  const kept = await bylaw.services.store.read([client.id], (tx) =>
    activitiesAfter(tx, client.id, 0, 2 * EVENTS),
  );
  expect(kept).toHaveLength(EVENTS - 1);
});

it('refuses a large request that cannot be read as it refuses a small one', async () => {
  const client = await bylaw.client('Dogwood');
  const { send } = await sender(bylaw, client.slug);
  const empty = '{},'.repeat(8_000_000);
  for (const body of [
    `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${empty}{}]}]}]}`,
    '['.repeat(8_000_000),
    `{"resourceLogs":"${'x'.repeat(8_000_000)}"}`,
  ]) {
    const packed = gzipSync(body);
    expect(packed.length).toBeLessThan(40_000);
    const { status, body: answer } = await send('logs', packed, { 'content-encoding': 'gzip' });
    expect([status, answer.code]).toEqual([400, 3]);
  }
});

it('reads the same in a thread as here, with the texts that belong to each record', async () => {
  const request = { signal: 'logs', encoding: 'json' } as const;
  const bytes = () => Buffer.from(JSON.stringify(large()));
  const here = decodeHere(request, bytes(), true);
  const there = await decodeInThread(request, bytes(), true);
  expect(there.decoded).toEqual(here.decoded);
  expect(there.decoded.records.map(({ attributes }) => there.caught?.get(attributes))).toEqual(
    here.decoded.records.map(({ attributes }) => here.caught?.get(attributes)),
  );
  expect(there.caught?.size).toBe(EVENTS);
  // Two bytes a record, of which millions fit into a request: refused before something is made of each.
  const records = Buffer.alloc(600_000, Buffer.from([0x12, 0x00]));
  const within = (tag: number, inner: Buffer) => {
    const length = [0, 7, 14].map((shift, at) => ((inner.length >>> shift) & 0x7f) | (at < 2 ? 0x80 : 0));
    return Buffer.concat([Buffer.from([tag, ...length]), inner]);
  };
  await expect(
    decodeInThread({ signal: 'logs', encoding: 'protobuf' }, within(0x0a, within(0x12, records)), false),
  ).rejects.toThrow('more than 50,000 records');
  await expect(decodeInThread(request, Buffer.from('{"resourceLogs":'), false)).rejects.toThrow(
    UnreadableTelemetry,
  );
});

it('is not held up by a request in which every record is wrong', async () => {
  const points = Array(100).fill('0').join();
  const metrics = Array(2_000).fill(`{"sum":{"dataPoints":[${points}]}}`).join();
  const broken = [
    {
      encoding: 'json',
      bytes: Buffer.from(`{"resourceMetrics":[{"scopeMetrics":[{"metrics":[${metrics}]}]}]}`),
    },
    // A number where a resource should be, 250,000 times.
    { encoding: 'protobuf', bytes: Buffer.alloc(500_000, Buffer.from([0x08, 0x01])) },
  ] as const;
  for (const { encoding, bytes } of broken) {
    expect(isLarge(bytes)).toBe(false);
    const decode = () =>
      expect(() => decodeHere({ signal: 'metrics', encoding }, bytes, false)).toThrow(
        'more than 50,000 records',
      );
    // It takes 50 ms; a stack trace for each takes seconds.
    expect(await leastCpu(600, decode)).toBeLessThan(600);
  }
});

it('reads a resource after two of a wrong type, in protobuf', () => {
  const record = Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]);
  const bytes = Buffer.concat([Buffer.from([0x08, 0x01, 0x08, 0x01]), record]);
  const { decoded } = decodeHere({ signal: 'logs', encoding: 'protobuf' }, bytes, false);
  expect([decoded.records.length, decoded.refused.get('malformed')]).toEqual([1, 2]);
});
