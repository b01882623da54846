import { once } from 'node:events';
import { connect } from 'node:net';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { closeIdleOnClose } from './idle-connections.ts';

/** A server that answers `/slow` when it is let, and a connection to it with what came back over it. */
async function served() {
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  // As the console keeps them, or longer.
  const app = fastify({ forceCloseConnections: 'idle', keepAliveTimeout: 600_000 });
  closeIdleOnClose(app);
  app.get('/slow', async () => {
    asked.resolve();
    await goOn.promise;
    return 'whole';
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await Promise.all([once(socket, 'connect'), once(app.server, 'connection')]);
  return { app, socket, asked: asked.promise, goOn: goOn.resolve };
}

it('closes without waiting for a connection over which nothing was asked', async () => {
  const { app, socket } = await served();
  const ended = once(socket.resume(), 'close');
  await app.close();
  await ended;
});

it('gives the answer that is being made, and then closes', async () => {
  const { app, socket, asked, goOn } = await served();
  let answer = '';
  socket.on('data', (piece) => {
    answer += String(piece);
  });
  socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await asked;
  const closed = app.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  goOn();
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*whole$/);
});
