import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fastify from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { boundConnections } from './bounded-connections.ts';

const AT_MOST = 10;
let app: ReturnType<typeof fastify>;
let port: number;
let goOn: PromiseWithResolvers<void>;

beforeEach(async () => {
  app = fastify({ forceCloseConnections: true });
  goOn = Promise.withResolvers<void>();
  boundConnections(app, AT_MOST);
  app.get('/slow', async () => {
    await goOn.promise;
    return 'whole';
  });
  app.get('/', async () => 'here');
  app.post('/', async () => 'taken');
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterEach(() => app.close());

async function opened(many: number, text: string): Promise<Socket[]> {
  const all: Socket[] = [];
  for (let at = 0; at < many; at += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    const taken = once(app.server, 'connection');
    await Promise.all([once(socket, 'connect'), taken]);
    if (text !== '') socket.write(text);
    all.push(socket.resume());
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return all;
}
const open = (all: readonly Socket[]) => all.filter((socket) => !socket.destroyed).length;
const answered = async () =>
  (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text();

it.each([
  ['nothing was asked', ''],
  ['headers never end', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  [
    'a body never ends',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  ],
])('answers while there are more connections than allowed over which %s', async (_what, text) => {
  const flood = await opened(AT_MOST * 3, text);
  expect(await answered()).toBe('here');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(open(flood)).toBeLessThanOrEqual(AT_MOST);
});

it('closes no connection over which a whole request is answered', async () => {
  const slow = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text());
  await new Promise((resolve) => setTimeout(resolve, 100));
  await opened(AT_MOST * 3, '');
  goOn.resolve();
  expect(await slow).toBe('whole');
});

it('refuses a further one while a whole request is answered over each', async () => {
  const asked = await opened(AT_MOST, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  const [further] = await opened(1, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  expect([open(asked), further?.destroyed]).toEqual([AT_MOST, true]);
  goOn.resolve();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await answered()).toBe('here');
});
