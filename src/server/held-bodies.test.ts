import { once } from 'node:events';
import { connect } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from './testing/console.ts';

const MB = 1024 * 1024;
/** As the vendor hands it out. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let bylaw: TestConsole;
let port: number;
let slug: string;
beforeAll(async () => {
  bylaw = await testConsole();
  port = Number(new URL(await bylaw.app.listen({ host: '127.0.0.1', port: 0 })).port);
  slug = (await bylaw.client('Alder', { claudePlan: 'enterprise' })).slug;
});
afterAll(() => bylaw.close());

/** Breaks off requests that together announce more than the server holds at once. */
async function breakOff(path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}Content-Length: ${4 * MB}\r\n\r\n`,
      );
      socket.write(Buffer.alloc(1_000, 'a'), () => setTimeout(() => socket.destroy(), 50));
      await once(socket, 'close');
    }),
  );
}

it('takes telemetry again after senders broke off', async () => {
  const created = await bylaw.owner.call('POST', `/clients/${slug}/telemetry/tokens`, { name: 'Laptops' });
  const headers = { authorization: `Bearer ${created.body.secret}`, 'content-type': 'application/json' };
  await breakOff('/v1/logs', headers);
  const send = () =>
    bylaw.inject({ method: 'POST', url: '/v1/logs', headers, payload: '{"resourceLogs":[]}' });
  await expect.poll(async () => (await send()).status).toBe(200);
});

it('answers Claude again after calls of the inference hook broke off', async () => {
  const path = `/clients/${slug}/dlp/hook`;
  const show = async () => (await bylaw.owner.call('GET', path)).body;
  for (const wanted of [{}, { secret: SECRET }])
    await bylaw.owner.call('PUT', path, { version: (await show()).version, mode: 'watch', ...wanted });
  const url = new URL((await show()).hook.address).pathname;
  let calls = 0;
  const signed = (body: string) => {
    calls += 1;
    const id = `msg_${calls}`;
    return {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(TEST_NOW.getTime() / 1000)),
      'webhook-signature': new Webhook(SECRET).sign(id, TEST_NOW, body),
    };
  };
  const body = JSON.stringify({
    type: 'prompt',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  });
  const send = async () =>
    (await bylaw.inject({ method: 'POST', url, headers: signed(body), payload: body })).status;
  expect(await send()).toBe(200);
  await breakOff(url, signed('something else'));
  await expect.poll(send).toBe(200);
});
