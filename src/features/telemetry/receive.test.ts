import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { coworkLogs, kept, sender } from './testing/send.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

const prompt = (sequence: number, values: Record<string, string | number> = {}) => ({
  name: 'user_prompt',
  values: { 'event.sequence': sequence, prompt_length: 12, ...values },
});

describe('telemetry that comes in', () => {
  it('is kept once, however it is packed and however often it is sent', async () => {
    const client = await bylaw.client('Ash');
    const { send } = await sender(bylaw, client.slug);
    const logs = JSON.stringify(coworkLogs([prompt(1), prompt(2)]));
    const answers = [
      await send('logs', logs),
      await send('logs', gzipSync(logs), { 'content-encoding': 'gzip' }),
      await send('logs', zstdCompressSync(logs), { 'content-encoding': 'zstd' }),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [200, {}]));
    expect(
      (await kept(bylaw, client)).map(({ type, person, surface, amounts }) => [
        type,
        person,
        surface,
        amounts.size,
      ]),
    ).toEqual([
      ['user_prompt', 'jane@example.org', 'cowork', 12],
      ['user_prompt', 'jane@example.org', 'cowork', 12],
    ]);
  });

  it('drops what people wrote, wherever it is in the event', async () => {
    const client = await bylaw.client('Birch');
    const { send } = await sender(bylaw, client.slug);
    const words = 'the words of Jane';
    const logs = coworkLogs([
      {
        name: 'user_prompt',
        values: { prompt: words, prompt_text: words, invented_later: words, 'event.sequence': 1 },
      },
      {
        name: 'tool_result',
        values: {
          'event.sequence': 2,
          tool_name: 'mcp__microsoft_365__outlook_send_mail',
          success: 'false',
          error: `Permission denied for ${words}`,
          tool_input: JSON.stringify({ body: words }),
          tool_parameters: JSON.stringify({
            mcp_server_name: 'Microsoft 365',
            mcp_tool_name: 'outlook_send_mail',
            body: words,
          }),
        },
      },
      { name: words, values: {} },
    ]);
    expect((await send('logs', logs)).status).toBe(200);
    const all = await kept(bylaw, client);
    expect(JSON.stringify(all)).not.toContain(words);
    expect(
      all.map(({ type, connector, tool, effect, outcome }) => [type, connector, tool, effect, outcome]),
    ).toEqual([
      ['user_prompt', null, null, null, null],
      ['tool_result', 'microsoft365_outlook', 'outlook_send_mail', 'write', 'failure'],
      ['unnamed', null, null, null, null],
    ]);
    expect(all[0]?.amounts.size).toBe(words.length);
    expect(all[1]?.detail).toMatchObject({ act: 'send', 'error.class': 'permission' });
  });

  it('takes what can be read of a batch and says how much could not', async () => {
    const client = await bylaw.client('Cedar');
    const { send } = await sender(bylaw, client.slug);
    const logs = coworkLogs([prompt(1), prompt(2), prompt(3)]);
    const records = logs.resourceLogs[0]?.scopeLogs[0]?.logRecords as unknown[];
    records[1] = 'not a record';
    records.push({
      body: { stringValue: 'user_prompt' },
      attributes: Array.from({ length: 10_000 }, (_, n) => ({ key: `k${n}`, value: { stringValue: 'x' } })),
    });
    const answer = await send('logs', logs);
    expect(answer.status).toBe(200);
    expect(answer.body.partialSuccess).toEqual({
      rejectedLogRecords: '2',
      errorMessage: expect.stringContaining('1 cannot be read, 1 with more than 512 attributes'),
    });
    expect(await kept(bylaw, client)).toHaveLength(2);
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(
      body.refusals
        .map(({ reason, records: count }: { reason: string; records: number }) => [reason, count])
        .sort(),
    ).toEqual([
      ['malformed', 1],
      ['too_many_attributes', 1],
    ]);
  });

  it.each([
    ['no JSON', '{"resourceLogs": [', {}, 400],
    ['JSON that is no export', '[1, 2]', {}, 400],
    ['a field of another kind', { resourceLogs: { a: 1 } }, {}, 400],
    ['deep JSON', `{"resourceLogs":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {}, 400],
    ['cut off gzip', gzipSync('{"resourceLogs":[]}').subarray(0, 20), { 'content-encoding': 'gzip' }, 400],
    ['gzip that is none', '{"resourceLogs":[]}', { 'content-encoding': 'gzip' }, 400],
    ['a bomb in gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'gzip' }, 413],
    ['a bomb in zstd', zstdCompressSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'zstd' }, 413],
    ['another packing', 'x', { 'content-encoding': 'lzma' }, 415],
    ['another type', 'x', { 'content-type': 'text/plain' }, 415],
    [
      'protobuf with a wrong wire type',
      Buffer.from([0x08, 0x01]),
      { 'content-type': 'application/x-protobuf' },
      400,
    ],
    [
      'protobuf that runs over its end',
      Buffer.from([0x0a, 0x7f, 0x01]),
      { 'content-type': 'application/x-protobuf' },
      400,
    ],
    [
      'protobuf of an endless number',
      Buffer.alloc(40, 0xff),
      { 'content-type': 'application/x-protobuf' },
      400,
    ],
  ] as const)('refuses %s with one clear answer', async (_what, body, headers, status) => {
    const client = await bylaw.client('Elm');
    const { send } = await sender(bylaw, client.slug);
    const answer = await send('logs', body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    if (answer.headers['content-type'] === 'application/x-protobuf')
      expect(answer.bytes.subarray(4).toString()).toMatch(/^The protobuf message cannot be read: .+\.$/);
    else expect(answer.body).toEqual({ code: 3, message: expect.stringMatching(/^.+\.$/) });
    expect(await kept(bylaw, client)).toEqual([]);
  });

  it('takes an empty request as a success, in the sender’s format', async () => {
    const client = await bylaw.client('Fir');
    const { send } = await sender(bylaw, client.slug);
    for (const signal of ['logs', 'metrics', 'traces']) {
      expect((await send(signal, {})).body).toEqual({});
      const answer = await send(signal, Buffer.alloc(0), { 'content-type': 'application/x-protobuf' });
      expect([answer.status, answer.headers['content-type'], answer.bytes.length]).toEqual([
        200,
        'application/x-protobuf',
        0,
      ]);
    }
  });

  it('keeps poison out of the database and believes no clock that cannot be right', async () => {
    const client = await bylaw.client('Gum');
    const { send } = await sender(bylaw, client.slug);
    const at = [0, 1, '2100-01-01T00:00:00Z', '2026-11-24T14:59:00.000Z'] as const;
    const logs = coworkLogs(
      at.map((when, n) => ({
        name: 'user_prompt',
        at: when,
        values: {
          'event.sequence': n,
          'session.id': 'nul\u0000 half \ud800 end',
          model: 'x'.repeat(1_000_000),
        },
      })),
    );
    expect((await send('logs', logs)).status).toBe(200);
    const all = await kept(bylaw, client);
    expect(all.map(({ at: instant, claimedAt }) => [instant, claimedAt])).toEqual([
      ['2026-11-24T00:00:00.000Z', 'not stated'],
      ['2026-11-24T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
      ['2026-11-24T00:00:00.000Z', '2100-01-01T00:00:00.000Z'],
      ['2026-11-24T14:59:00.000Z', null],
    ]);
    expect(all[0]?.session).toBe('nul  half \ufffd end');
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(body.emitters[0]).toMatchObject({ emitter: 'cowork', total: 4, clock: 3 });
  });

  it('serves others while a large request is stored', async () => {
    const client = await bylaw.client('Large');
    const { send } = await sender(bylaw, client.slug);
    const large = send('logs', coworkLogs(Array.from({ length: 4_000 }, (_, n) => prompt(n))));
    const hears = new Promise<void>((resolve) => {
      const stop = bylaw.services.activityLog.onAppended(() => {
        stop();
        resolve();
      });
    });
    await hears;
    await send('logs', coworkLogs([prompt(1, { 'session.id': 'small' })]));
    expect((await large).status).toBe(200);
    const rows = await bylaw.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('activities')
        .select(['seq', 'rest'])
        .where('client_id', '=', client.id)
        .orderBy('seq')
        .execute(),
    );
    expect(rows).toHaveLength(4_001);
    expect(rows.findIndex(({ rest }) => rest.session === 'small')).toBeLessThan(4_000);
  });

  it('tells the sender to come again while more waits than can be written', async () => {
    const client = await bylaw.client('Hazel');
    const { send } = await sender(bylaw, client.slug);
    const log = bylaw.services.activityLog;
    Object.defineProperty(log, 'waiting', { value: 60_000, configurable: true });
    try {
      const answer = await send('logs', coworkLogs([prompt(1)]));
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    } finally {
      Reflect.deleteProperty(log, 'waiting');
    }
    expect(await kept(bylaw, client)).toEqual([]);
  });
});

describe('the token of telemetry', () => {
  it('counts in the spellings that exporters use, and in no other', async () => {
    const client = await bylaw.client('Ivy');
    const { secret, send } = await sender(bylaw, client.slug);
    const with_ = (headers: Record<string, string>) => send('logs', {}, { authorization: '', ...headers });
    for (const headers of [
      { authorization: `bearer ${secret}` },
      { authorization: `Bearer%20${secret}` },
      { authorization: secret },
      { 'x-api-key': secret },
      { 'api-key': secret },
      { 'x-bylaw-token': secret },
    ])
      expect(
        (await with_(headers as Record<string, string>)).status,
        JSON.stringify(Object.keys(headers)),
      ).toBe(200);
    expect((await with_({ 'x-token': secret })).status).toBe(401);
  });

  it('answers a missing, wrong, revoked, ended and foreign one alike, and lets a right one in all the same', async () => {
    const client = await bylaw.client('Juniper');
    const right = await sender(bylaw, client.slug, 'Right');
    const revoked = await sender(bylaw, client.slug, 'Revoked');
    await bylaw.owner.call('DELETE', `/clients/${client.slug}/telemetry/tokens/${revoked.id}`);
    const personal = await bylaw.owner.call('POST', '/me/tokens', { name: 'Mine', purpose: 'automation' });
    const tried = [
      '',
      'Bearer byl_ingest_wrong',
      `Bearer ${revoked.secret}`,
      `Bearer ${personal.body.secret}`,
    ];
    const answers: { status: number; body: unknown }[] = [];
    for (const authorization of tried) {
      const { status, body } = await right.send('logs', {}, { authorization });
      answers.push({ status, body });
    }
    expect(answers).toEqual(tried.map(() => ({ status: 401, body: answers[0]?.body })));
    for (let n = 0; n < 130; n += 1)
      await right.send('logs', {}, { authorization: 'Bearer byl_ingest_wrong' });
    const flooded = await right.send('logs', {}, { authorization: 'Bearer byl_ingest_wrong' });
    expect([flooded.status, Number(flooded.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await right.send('logs', {})).status).toBe(200);
  });

  it('only lets in telemetry of its own client', async () => {
    const client = await bylaw.client('Kauri');
    const other = await bylaw.client('Larch');
    const { secret, send } = await sender(bylaw, client.slug);
    await send('logs', coworkLogs([prompt(1)]));
    expect(await kept(bylaw, other)).toEqual([]);
    const asked = await bylaw.inject({
      method: 'GET',
      url: `/api/v1/clients/${client.slug}/telemetry`,
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(asked.status).toBe(401);
    const listed = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry/tokens`);
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    expect(listed.body.items).toMatchObject([
      { name: 'Laptops', state: 'active', lastUsedAt: expect.any(String) },
    ]);
    const foreign = await bylaw.owner.call(
      'DELETE',
      `/clients/${other.slug}/telemetry/tokens/${listed.body.items[0].id}`,
    );
    expect(foreign.status).toBe(404);
  });
});
// Guide: G1.1-11 G2.2-33 G5-00 G5.2-02 G5.2-06 G5.3-00
