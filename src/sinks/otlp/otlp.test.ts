import { describe, expect, it } from 'vitest';
import { type CollectorOptions, startCollector } from '../../../sandbox/siem/collector.ts';
import { sinkKind } from '../registry.ts';
import { anAlert, anEvent, sendAll, testMeans, VENDORS } from '../testing.ts';
import { readResponse } from './protobuf.ts';

async function collector(given: object = {}, options: CollectorOptions = {}) {
  const server = await startCollector(options);
  const sink = sinkKind('otlp')?.open({ url: server.url, format: 'bylaw', ...given }, testMeans(VENDORS));
  if (sink === undefined) throw new Error('there is no such kind');
  return { server, sink };
}

const events = [
  anEvent({
    amounts: { ...anEvent().activity.amounts, costMicros: -12, inputTokens: 3 },
    detail: { a: [1, 'x', { b: 1.5, c: true }] },
  }),
  anAlert(),
];

describe.each(['protobuf', 'json'])('OTLP in %s', (encoding) => {
  it('brings every value, and the client on the resource', async () => {
    const { server, sink } = await collector({ encoding });
    expect(await sendAll(sink, events)).toMatchObject({ kind: 'accepted' });
    expect(server.records).toMatchObject([
      {
        resource: { 'service.name': 'bylaw', 'bylaw.client.id': 'alder' },
        attributes: {
          'bylaw.id': 'activity_1',
          'bylaw.seq': 1,
          'bylaw.client.id': 'alder',
          'gen_ai.tool.name': 'outlook_search',
        },
        timeUnixNano: `${Date.parse('2026-11-20T09:00:00Z')}000000`,
        body: {
          id: 'activity_1',
          amounts: { costMicros: -12, inputTokens: 3 },
          detail: { a: [1, 'x', { b: 1.5, c: true }] },
        },
      },
      { severityNumber: 17, attributes: { 'bylaw.id': 'alert_7' } },
    ]);
    await server.close();
  });

  it('hears how many were rejected, and does not send those again', async () => {
    const { server, sink } = await collector(
      { encoding },
      { isRejected: ({ severityNumber }) => severityNumber === 17 },
    );
    expect(await sendAll(sink, events)).toMatchObject({
      kind: 'partly',
      refused: 1,
      answer: 'attribute not allowed',
    });
    expect(server.records).toHaveLength(1);
    await server.close();
  });

  it.each([
    [429, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
    [400, 'refused'],
    [413, 'too_large'],
    [401, 'stopped'],
    [404, 'stopped'],
    [500, 'stopped'],
    [501, 'stopped'],
  ] as const)('takes %d for %s', async (status, kind) => {
    const { server, sink } = await collector({ encoding }, { fault: () => ({ status }) });
    expect(await sendAll(sink, events)).toMatchObject({ kind });
    await server.close();
  });
});

describe('OTLP', () => {
  it('sends the headers that were asked for, and none of its own overwritten', async () => {
    const seen: unknown[] = [];
    const { server, sink } = await collector(
      { headers: 'Authorization: Bearer abc\nX-Scope-OrgID: 7' },
      {
        fault: ({ headers }) => {
          seen.push(headers.authorization, headers['x-scope-orgid']);
          return null;
        },
      },
    );
    await sendAll(sink, events);
    expect(seen).toEqual(['Bearer abc', '7']);
    await server.close();
    const schema = sinkKind('otlp')?.settings;
    for (const headers of ['no colon', 'Content-Length: 5', 'A: b\u0000'])
      expect(schema?.safeParse({ url: 'https://x.example', headers }).success, headers).toBe(false);
  });

  it('distinguishes an answer from a page that is not one', async () => {
    const { server, sink } = await collector({}, { fault: () => ({ status: 200, body: '<html>' }) });
    expect(await sendAll(sink, events)).toMatchObject({ kind: 'stopped' });
    await server.close();
    expect(readResponse(Buffer.alloc(0))).toEqual({ rejected: 0, message: '' });
    for (const broken of [
      [0x0a, 0x05, 0x08],
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0x0b],
    ])
      expect(readResponse(Buffer.from(broken))).toBeNull();
  });
});
// Guide: G5.3-03
