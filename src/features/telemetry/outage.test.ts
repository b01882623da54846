import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { openStore } from '#store/open.ts';
import { newMigratedDatabase } from '#store/testing.ts';
import { type DatabaseProxy, databaseProxy } from '#store/testing-proxy.ts';
import { coworkLogs, kept, sender } from './testing/send.ts';

const DATABASE_TIMEOUT_MS = 4_000;

/** A real PostgreSQL server that goes away and comes back while telemetry goes on. */
let proxy: DatabaseProxy;
let bylaw: TestConsole;
let address: string;
beforeAll(async () => {
  proxy = await databaseProxy(await newMigratedDatabase());
  const store = await openStore({ dataDir: null, databaseUrl: proxy.url });
  bylaw = await testConsole({ store, now: new Date(), databaseTimeoutMs: DATABASE_TIMEOUT_MS });
  address = await bylaw.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  proxy.set('open');
  await bylaw.close();
  await proxy.close();
});
beforeEach(() => proxy.set('open'));

const folder = () => join(bylaw.services.config.dataDir, 'telemetry-spool');
const waiting = async () =>
  existsSync(folder()) ? (await readdir(folder())).filter((name) => name.endsWith('.entry')) : [];

/** Hands on until the database is there and nothing waits. */
async function back(): Promise<void> {
  proxy.set('open');
  await vi.waitFor(() => bylaw.services.telemetrySpool.drain(), { timeout: 120_000, interval: 200 });
  expect(await waiting()).toEqual([]);
}

const at = () => new Date(Date.now() - 60_000).toISOString();
const prompts = (from: number, count: number, values: Record<string, string> = {}) =>
  coworkLogs(
    Array.from({ length: count }, (_, n) => ({
      name: 'user_prompt',
      at: at(),
      values: { 'event.sequence': from + n, ...values },
    })),
  );

describe('while the database is away', () => {
  it('a real exporter loses nothing, and each event counts once', async () => {
    const client = await bylaw.client('Exporter');
    const { secret } = await sender(bylaw, client.slug);
    const exporter = new OTLPLogExporter({
      url: `${address}/v1/logs`,
      headers: { authorization: `Bearer ${secret}` },
    });
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ 'service.name': 'cowork' }),
      processors: [
        new BatchLogRecordProcessor({
          exporter,
          scheduledDelayMillis: 50,
          maxExportBatchSize: 40,
          maxQueueSize: 100_000,
        }),
      ],
    });
    const logger = provider.getLogger('com.anthropic.claude_code');
    const total = 1_200;
    for (let sequence = 0; sequence < total; sequence += 1) {
      if (sequence === 300) proxy.set('cut');
      if (sequence === 900) proxy.set('open');
      logger.emit({
        timestamp: new Date(),
        body: 'user_prompt',
        attributes: { 'event.name': 'user_prompt', 'session.id': 's', 'event.sequence': sequence },
      });
      if (sequence % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await provider.shutdown();
    await back();
    const stored: number[] = [];
    for (let after = 0; ; ) {
      const some = await bylaw.services.store.read([client.id], (tx) =>
        tx
          .selectFrom('activities')
          .select(['seq', 'rest'])
          .where('client_id', '=', client.id)
          .where('seq', '>', after)
          .orderBy('seq')
          .limit(1000)
          .execute(),
      );
      if (some.length === 0) break;
      for (const { seq, rest } of some) {
        stored.push(Number(rest.detail.sequence));
        after = Number(seq);
      }
    }
    expect(stored.sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n));
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(body.emitters[0]).toMatchObject({ total });
  });

  it('a commit whose answer was lost is stored once', async () => {
    const client = await bylaw.client('Lost answer');
    const { send } = await sender(bylaw, client.slug);
    await send('logs', prompts(0, 5));
    // On a busy machine even the first may have been put on the disk.
    await back();
    proxy.set('lost_commit');
    expect((await send('logs', prompts(5, 5))).status).toBe(200);
    expect(await waiting()).toHaveLength(1);
    proxy.set('open');
    // Connections that broke meanwhile are found out with the first use.
    await vi.waitFor(async () => expect(await kept(bylaw, client)).toHaveLength(10), { timeout: 120_000 });
    await back();
    expect((await kept(bylaw, client)).map(({ detail }) => detail.sequence)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it('keeps people’s words off the disk, and answers for what it cannot read as usual', async () => {
    const client = await bylaw.client('Words');
    const { send } = await sender(bylaw, client.slug);
    await send('logs', prompts(0, 1));
    proxy.set('cut');
    const words = 'the words of Jane';
    const body = prompts(1, 1, { prompt: words, invented_later: words, tool_input: words });
    body.resourceLogs[0]?.scopeLogs[0]?.logRecords.push('broken' as never);
    const answer = await send('logs', body);
    expect([answer.status, answer.body.partialSuccess?.rejectedLogRecords]).toEqual([200, '1']);
    expect((await send('logs', '{')).status).toBe(400);
    const [name = ''] = await waiting();
    const written = gunzipSync(await readFile(join(folder(), name))).toString('latin1');
    expect(written).toContain('session-1');
    expect(written).not.toContain('words');
    await back();
    const stored = await kept(bylaw, client);
    expect(stored.map(({ amounts }) => amounts.size)).toEqual([null, words.length]);
    const page = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(
      page.body.refusals
        .map(({ reason, records }: { reason: string; records: number }) => [reason, records])
        .sort(),
    ).toEqual([
      ['malformed', 1],
      ['unreadable_request', 1],
    ]);
  });

  it('accepts the tokens that it knows, and asks all others to retry', async () => {
    const client = await bylaw.client('Tokens');
    const { send } = await sender(bylaw, client.slug);
    const revoked = await sender(bylaw, client.slug, 'Revoked');
    await revoked.send('logs', {});
    await bylaw.owner.call('DELETE', `/clients/${client.slug}/telemetry/tokens/${revoked.id}`);
    await send('logs', {});
    proxy.set('cut');
    // Long enough for what was read of the tokens to be read again.
    await new Promise((resolve) => setTimeout(resolve, 3_200));
    expect((await send('logs', prompts(0, 1))).status).toBe(200);
    for (const unknown of [revoked.secret, 'byl_ingest_made_a_moment_ago']) {
      const answer = await send('logs', prompts(1, 1), { authorization: `Bearer ${unknown}` });
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    }
    await back();
    expect(await kept(bylaw, client)).toHaveLength(1);
  });

  it('sets aside what it cannot read, and hands on the others', async () => {
    const client = await bylaw.client('Damaged');
    const { send } = await sender(bylaw, client.slug);
    await send('logs', {});
    proxy.set('cut');
    for (const sequence of [1, 2, 3]) expect((await send('logs', prompts(sequence, 1))).status).toBe(200);
    const [, second = ''] = await waiting();
    const bytes = await readFile(join(folder(), second));
    await writeFile(join(folder(), second), bytes.subarray(0, bytes.length - 20));
    await writeFile(join(folder(), `${second}.part`), 'half of one');
    await back();
    expect((await kept(bylaw, client)).map(({ detail }) => detail.sequence)).toEqual([1, 3]);
    expect((await readdir(folder())).filter((name) => name.endsWith('.damaged'))).toHaveLength(1);
  });
});

it('asks the sender to retry when the queue is full, and the hour counts as a gap', async () => {
  const through = await databaseProxy(await newMigratedDatabase());
  const store = await openStore({ dataDir: null, databaseUrl: through.url });
  const small = await testConsole({
    store,
    now: new Date(),
    spoolBytes: 600,
    databaseTimeoutMs: DATABASE_TIMEOUT_MS,
  });
  try {
    const client = await small.client('Full');
    const { send } = await sender(small, client.slug);
    await send('logs', prompts(0, 1));
    through.set('cut');
    const answers = [await send('logs', prompts(1, 1)), await send('logs', prompts(2, 40, { model: at() }))];
    expect(answers.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
      [200, undefined],
      [503, '5'],
    ]);
    through.set('open');
    await vi.waitFor(() => small.services.telemetrySpool.drain(), { timeout: 120_000, interval: 200 });
    const { body } = await small.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(body.refusals).toMatchObject([{ reason: 'queue_full', kind: 'refused', records: 1 }]);
  } finally {
    through.set('open');
    await small.close();
    await through.close();
  }
});
