import { afterAll, beforeAll, expect, it, type Mock, vi } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { openStore } from '#store/open.ts';
import { newMigratedDatabase } from '#store/testing.ts';
import { type DatabaseProxy, databaseProxy } from '#store/testing-proxy.ts';
import type { EventOrigin, LiveEvent } from '../shared/events.ts';
import { relayEvents } from './relay.ts';

/** Two servers on one PostgreSQL database, the second of which can be cut off from it. */
let first: TestConsole;
let second: TestConsole;
let proxy: DatabaseProxy;
let address: string;
let client: { id: string; slug: string };
const relays: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  const url = await newMigratedDatabase();
  proxy = await databaseProxy(url);
  first = await testConsole({ store: await openStore({ dataDir: null, databaseUrl: url }) });
  second = await testConsole({ store: await openStore({ dataDir: null, databaseUrl: proxy.url }) });
  client = await first.client('Alder Society');
  relays.push(relayEvents(first.services), relayEvents(second.services));
  address = await second.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  proxy.set('open');
  for (const relay of relays) await relay.stop();
  await first.close();
  await second.close();
  await proxy.close();
});

/** A page that is open on the second server. */
async function page(): Promise<{ next(): Promise<string | null>; close(): void }> {
  const abort = new AbortController();
  const answer = await fetch(`${address}/api/v1/live`, {
    // A connection that is kept for a next request holds up the end of the server until it is a minute old.
    headers: { cookie: first.owner.cookie, connection: 'close' },
    signal: abort.signal,
  });
  expect(answer.status).toBe(200);
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const line = /^event: message\ndata: (.*)\n\n/m.exec(text);
        if (line !== null) {
          text = text.slice(line.index + line[0].length);
          return line[1] ?? '';
        }
        const { done, value } = await reader.read();
        if (done) return null;
        text += value;
      }
    },
    close: () => abort.abort(),
  };
}

/** Has the first server change something until a page on the second hears of it: its line may just be opening. */
async function heard(open: { next(): Promise<string | null> }): Promise<string | null> {
  const change = () => first.services.events.publish({ client: client.id, topic: 'imports', id: 'i1' });
  change();
  const timer = setInterval(change, 500);
  try {
    for (;;) {
      const reply = await open.next();
      if (reply === null || JSON.parse(reply).is === 'changed') return reply;
    }
  } finally {
    clearInterval(timer);
  }
}

it('a page gets what another process changed, once, and that process does not get it back', async () => {
  const open = await page();
  const expected = { is: 'changed', client: client.slug, topic: 'imports', id: 'i1' };
  expect(JSON.parse((await heard(open)) ?? 'null')).toEqual(expected);
  const own = vi.fn();
  const elsewhere = vi.fn();
  // A change that was repeated until the page heard of it may still be on its way.
  const ofVerdicts = (seen: Mock) => (event: LiveEvent, from: EventOrigin) => {
    if (event.topic === 'verdicts') seen(event, from);
  };
  const unsubscribe = [
    first.services.events.subscribe(ofVerdicts(own)),
    second.services.events.subscribe(ofVerdicts(elsewhere)),
  ];
  await first.services.verdicts.refresh(client.id);
  await vi.waitFor(() => expect(elsewhere).toHaveBeenCalled(), { timeout: 120_000 });
  for (const end of unsubscribe) end();
  expect(own).toHaveBeenCalledExactlyOnceWith({ client: client.id, topic: 'verdicts', id: null }, 'here');
  expect(elsewhere).toHaveBeenCalledExactlyOnceWith(
    { client: client.id, topic: 'verdicts', id: null },
    'elsewhere',
  );
  open.close();
});

it('after its connection to the database broke, pages reload everything and get changes again', async () => {
  const open = await page();
  expect(await heard(open)).not.toBeNull();
  proxy.set('cut');
  proxy.set('open');
  // What was said while the line was broken is lost, so the page is made to open its own again.
  const rest = async () => {
    while ((await open.next()) !== null);
  };
  await rest();
  const again = await page();
  expect(await heard(again)).toContain('"imports"');
  again.close();
});
