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

test('is open on a limited number of pages of one account, and again once one is closed', async () => {
  const person = await bylaw.person('staff', alder.id);
  const status = async () => {
    const abort = new AbortController();
    open.push(abort);
    const { status: is } = await fetch(`${address}/api/v1/live`, {
      headers: { cookie: person.cookie },
      signal: abort.signal,
    });
    return is;
  };
  const answers = await Promise.all(Array.from({ length: 60 }, status));
  expect(answers.filter((one) => one === 200)).toHaveLength(40);
  expect(answers.filter((one) => one === 429)).toHaveLength(20);
  // The pages of others stay open.
  expect(await (await listen(bylaw.owner))()).toEqual({ is: 'here' });
  for (const one of open.splice(0)) one.abort();
  await expect.poll(status).toBe(200);
});

test('asks once who is there for all pages of a session that a change reaches', async () => {
  const person = await bylaw.person('technician', alder.id);
  const pages = await Promise.all(Array.from({ length: 30 }, () => listen(person)));
  for (const next of pages) expect(await next()).toEqual({ is: 'here' });
  const { forgetActors, rememberedActor } = await import('../shared/actor-cache.ts');
  let asked = 0;
  forgetActors(bylaw.services);
  const load = async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return null;
  };
  await Promise.all(Array.from({ length: 30 }, () => rememberedActor(bylaw.services, 'one', load)));
  expect(asked).toBe(1);
  // What began before a change is not the answer to who asks after it.
  const before = rememberedActor(bylaw.services, 'one', load);
  forgetActors(bylaw.services);
  await Promise.all([before, rememberedActor(bylaw.services, 'one', load)]);
  expect(asked).toBe(3);
  bylaw.services.events.publish({ client: alder.id, topic: 'imports', id: 'one' });
  for (const next of pages) expect(await next()).toMatchObject({ is: 'changed', id: 'one' });
});

test('is closed to anyone not signed in, and does not delay a server that stops', async () => {
  expect((await bylaw.nobody.call('GET', '/live')).status).toBe(401);
  const next = await listen(bylaw.owner);
  expect(await next()).toEqual({ is: 'here' });
  const stopped = bylaw.app.close();
  expect(await next()).toBeUndefined();
  await stopped;
});
