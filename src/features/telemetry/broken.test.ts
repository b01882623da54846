import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '#domain/testing/cases.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { decodeJson } from '#sources/otlp/json.ts';
import { normalize } from '#sources/otlp/normalize.ts';
import { logRecord, logsRequest } from '../../../bench/ingest/wire.ts';
import { createActivityLog } from '../activity/log.ts';
import type { Stage } from '../shared/services/activity-log.ts';
import { clientOfTelemetry } from './client.ts';
import { storeActivities } from './store.ts';
import { attributes, kept, sender } from './testing/send.ts';

/** Requests of which one record is broken: it alone is left out, and its sender hears so. */
let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

const AT = '1795532400000000000';
const good = (sequence: number) => ({
  timeUnixNano: AT,
  body: { stringValue: 'user_prompt' },
  attributes: attributes({
    'event.name': 'user_prompt',
    'session.id': 'session-1',
    'event.sequence': sequence,
    'user.email': 'jane@example.org',
  }),
});

const withRecords = (records: readonly unknown[]) => ({
  resourceLogs: [
    {
      resource: { attributes: attributes({ 'service.name': 'cowork' }) },
      scopeLogs: [{ scope: { name: 'com.anthropic.claude_code' }, logRecords: records }],
    },
  ],
});

describe('a batch with one broken record', () => {
  it.each([
    ['a time that is an object', { ...good(9), timeUnixNano: { toString: 1 } }],
    ['a time that is a list', { ...good(9), observedTimeUnixNano: [1] }],
    ['a time that is a truth', { ...good(9), timeUnixNano: true }],
    ['attributes that are a text', { ...good(9), attributes: 'session.id=1' }],
    ['an attribute without a key', { ...good(9), attributes: [{ value: { stringValue: 'x' } }] }],
    ['a value of another type', { ...good(9), attributes: [{ key: 'model', value: { stringValue: 7 } }] }],
    ['a value that is no object', { ...good(9), attributes: [{ key: 'model', value: 'opus' }] }],
    ['a number that is an object', { ...good(9), attributes: [{ key: 'a', value: { intValue: {} } }] }],
    ['a body that is a text', { ...good(9), body: 'user_prompt' }],
    ['a name that is a number', { ...good(9), eventName: 7 }],
    ['an id that is a number', { ...good(9), traceId: 7 }],
    ['nothing', null],
    ['a list', [good(9)]],
  ])('%s leaves that one out and stores the others', async (_what, broken) => {
    const client = await bylaw.client('Broken');
    const { send } = await sender(bylaw, client.slug);
    const answer = await send('logs', withRecords([good(1), broken, good(2)]));
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        partialSuccess: {
          rejectedLogRecords: '1',
          errorMessage: expect.stringContaining('1 cannot be read'),
        },
      },
    ]);
    expect(await kept(bylaw, client)).toHaveLength(2);
  });

  it.each([
    ['NUL', 'yester\u0000day'],
    ['half a character', 'yesterday \ud800'],
    ['a number beyond any clock', '99999999999999999999'],
    ['a number far below zero', -1e300],
    ['a number without an end', 1e308],
  ])('a time with %s is kept as what was claimed, and all of the batch is stored', async (_what, time) => {
    const client = await bylaw.client('Times');
    const { send } = await sender(bylaw, client.slug);
    const answer = await send('logs', withRecords([good(1), { ...good(9), timeUnixNano: time }, good(2)]));
    expect([answer.status, answer.body]).toEqual([200, {}]);
    const stored = await kept(bylaw, client);
    expect(stored.map(({ claimedAt }) => claimedAt === null)).toEqual([true, false, true]);
  });

  it('counts all records of a resource or list that cannot be read, and stores those beside it', async () => {
    const client = await bylaw.client('Resources');
    const { send } = await sender(bylaw, client.slug);
    const [whole] = withRecords([good(1), good(2)]).resourceLogs;
    const answer = await send('logs', {
      resourceLogs: [
        { ...whole, resource: 'cowork' },
        { ...whole, resource: { attributes: [7] } },
        { ...whole, scopeLogs: { scope: {} } },
        { ...whole, scopeLogs: [{ logRecords: 'none' }, 5] },
        'resource',
        whole,
      ],
    });
    expect(answer.body.partialSuccess.rejectedLogRecords).toBe('8');
    expect(await kept(bylaw, client)).toHaveLength(2);
  });

  it('says so in protobuf too, for each signal', async () => {
    const client = await bylaw.client('Protobuf');
    const { send } = await sender(bylaw, client.slug);
    const record = (n: number) =>
      logRecord(1_795_000_000_000 + n, 'user_prompt', { 'event.name': 'user_prompt', 'event.sequence': n });
    const broken = [
      Buffer.from([0x08, 0x01]), // time as a varint
      Buffer.from([0x32, 0x7f, 0x01]), // an attribute that runs over its end
      Buffer.from([0x0b]), // a group
    ];
    const body = logsRequest({ 'service.name': 'cowork' }, 'com.anthropic.claude_code', [
      record(1),
      ...broken,
      record(2),
    ]);
    const answer = await send('logs', body, { 'content-type': 'application/x-protobuf' });
    expect([answer.status, [...answer.bytes.subarray(2, 4)]]).toEqual([200, [0x08, 3]]);
    expect(await kept(bylaw, client)).toHaveLength(2);
    // The same bytes are a span, and a metric, whose fields have other types.
    for (const signal of ['traces', 'metrics'])
      expect((await send(signal, body, { 'content-type': 'application/x-protobuf' })).status).toBe(200);
  });

  it('metrics and spans of wrong types are counted one by one', async () => {
    const client = await bylaw.client('Figures');
    const { send } = await sender(bylaw, client.slug);
    const point = { timeUnixNano: AT, asInt: '3', attributes: attributes({ 'session.id': 's' }) };
    const metric = (dataPoints: unknown) => ({
      name: 'claude_code.commit.count',
      sum: { aggregationTemporality: 1, dataPoints },
    });
    const figures = await send('metrics', {
      resourceMetrics: [
        {
          resource: { attributes: attributes({ 'service.name': 'claude-code' }) },
          scopeMetrics: [
            {
              metrics: [metric([point, { ...point, asInt: {} }, 7]), metric({}), { ...metric([]), sum: 'x' }],
            },
          ],
        },
      ],
    });
    expect(figures.body.partialSuccess.rejectedDataPoints).toBe('4');
    expect(await kept(bylaw, client)).toHaveLength(1);
    const span = {
      name: 'agent.query',
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
      startTimeUnixNano: AT,
    };
    const spans = await send('traces', {
      resourceSpans: [
        { scopeSpans: [{ spans: [span, { ...span, status: 2 }, { ...span, endTimeUnixNano: {} }] }] },
      ],
    });
    expect(spans.body.partialSuccess.rejectedSpans).toBe('2');
    expect(await kept(bylaw, client)).toHaveLength(2);
  });

  it('never drops the others, whatever is in its place', async () => {
    const client = await bylaw.client('Anything');
    const { send } = await sender(bylaw, client.slug);
    let sequence = 0;
    const anything = fc.anything({
      withBigInt: false,
      withNullPrototype: false,
      maxDepth: 4,
      key: fc.oneof(fc.constantFrom(...KEYS), fc.string({ unit: 'binary' })),
      values: [
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constantFrom(null, AT, '\ud800', '\0'),
      ],
    });
    const field = fc.constantFrom(...Object.keys(good(0)), 'eventName', 'traceId', 'observedTimeUnixNano');
    const attribute = fc.record({
      key: fc.constantFrom(...KEPT_KEYS),
      value: fc.record({ stringValue: fc.string({ unit: 'binary', size: 'large' }) }),
    });
    const record = fc.oneof(
      anything,
      fc.tuple(field, anything).map(([name, value]) => ({ ...good(0), [name]: value })),
      fc
        .array(attribute, { maxLength: 30 })
        .map((more) => ({ ...good(0), attributes: [...good(0).attributes, ...more] })),
    );
    await fc.assert(
      fc.asyncProperty(record, async (broken) => {
        const mine = [sequence + 1, sequence + 2];
        sequence += 2;
        const text = JSON.stringify(withRecords([good(mine[0] ?? 0), broken ?? null, good(mine[1] ?? 0)]));
        const answer = await send('logs', text);
        expect(answer.status).toBe(200);
        const rejected = Number(answer.body.partialSuccess?.rejectedLogRecords ?? 0);
        expect(rejected).toBeLessThanOrEqual(1);
        const stored = new Set((await last(client)).map(({ detail }) => detail.sequence));
        expect(mine.every((one) => stored.has(one))).toBe(true);
      }),
      { numRuns: cases(150) },
    );
  });
});

const last = async (client: { id: string }) => (await kept(bylaw, client)).slice(-6);
const KEYS = [
  'stringValue',
  'intValue',
  'doubleValue',
  'boolValue',
  'key',
  'value',
  'attributes',
  'arrayValue',
];
const KEPT_KEYS = [
  'user.email',
  'organization.id',
  'session.id',
  'event.sequence',
  'event.name',
  'tool_name',
  'mcp_server_name',
  'mcp_tool_name',
  'model',
  'input_tokens',
  'cost_usd',
  'tool_parameters',
  'error',
  'success',
];

it('only the event that the log itself refuses is left out', async () => {
  const client = await bylaw.client('Refused');
  const { services } = bylaw;
  const refuses = (one: string, error: Error): Stage => ({
    name: 'a stage that cannot take one event',
    prepare:
      ({ activities }) =>
      () => {
        if (activities.some(({ id }) => id === one)) throw error;
      },
  });
  const { activities } = normalize(
    decodeJson(
      'logs',
      Buffer.from(JSON.stringify(withRecords(Array.from({ length: 50 }, (_, n) => good(n))))),
    ),
    { ...(await clientOfTelemetry(services, client.id)), receivedAt: services.clock() },
  );
  const id = activities[17]?.id ?? '';
  for (const error of [new TypeError('own mistake'), Object.assign(new Error('value'), { code: '22P05' })]) {
    const activityLog = createActivityLog(() => services, [refuses(id, error)]);
    expect(await storeActivities({ activityLog, log: services.log }, client.id, activities, [])).toBe(1);
    const alone = activities.filter((one) => one.id === id);
    const again = storeActivities({ activityLog, log: services.log }, client.id, alone, []);
    // A mistake of our own may be mended; a value stays what it is.
    if (error instanceof TypeError) await expect(again).rejects.toThrow('own mistake');
    else expect(await again).toBe(1);
  }
  expect(await kept(bylaw, client)).toHaveLength(49);
});
