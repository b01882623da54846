import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string };
let harrow: { id: string; slug: string };
let address: string;
const open: AbortController[] = [];

beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society');
  harrow = await bylaw.client('Harrow Guild');
  await bylaw.app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(bylaw.app.server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const one of open.splice(0)) one.abort();
});
afterAll(() => bylaw.close());

/** The messages of a person's stream, one by one; undefined at its end. */
async function listen(person: TestPerson) {
  const abort = new AbortController();
  open.push(abort);
  const answer = await fetch(`${address}/api/v1/live`, {
    headers: { cookie: person.cookie },
    signal: abort.signal,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async (): Promise<unknown> => {
    for (;;) {
      const line = /^event: message\ndata: (.*)\n\n/m.exec(text);
      if (line !== null) {
        text = text.slice(line.index + line[0].length);
        return JSON.parse(line[1] ?? '');
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += value;
    }
  };
}

test('reports only the clients that a person may see', async () => {
  const next = await listen(await bylaw.person('technician', alder.id));
  expect(await next()).toEqual({ is: 'here' });
  bylaw.services.events.publish({ client: harrow.id, topic: 'imports', id: 'secret' });
  await bylaw.services.verdicts.refresh(alder.id);
  expect(await next()).toEqual({ is: 'changed', client: alder.slug, topic: 'verdicts', id: null });
});

test('ends with the session, before anything more is sent', async () => {
  const person = await bylaw.person('technician', alder.id);
  const next = await listen(person);
  expect(await next()).toEqual({ is: 'here' });
  await bylaw.services.store.write('system', (tx) =>
    tx.deleteFrom('sessions').where('user_id', '=', person.id).execute(),
  );
  // Who was found to be signed in is remembered for a moment; a change through the console forgets it at once.
  const { forgetActors } = await import('../shared/actor-cache.ts');
  forgetActors(bylaw.services);
  bylaw.services.events.publish({ client: alder.id, topic: 'imports', id: 'secret' });
  expect(await next()).toBeUndefined();
});

test('is closed to anyone not signed in, and does not delay a server that stops', async () => {
  expect((await bylaw.nobody.call('GET', '/live')).status).toBe(401);
  const next = await listen(bylaw.owner);
  expect(await next()).toEqual({ is: 'here' });
  const stopped = bylaw.app.close();
  expect(await next()).toBeUndefined();
  await stopped;
});
