import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endSlowBodies } from './slow-bodies.ts';
import { type RunningApp, runningApp } from './testing/running.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runningApp({ slowBodyMs: 200 });
}, 120_000);
afterAll(() => running.close());

it('ends a connection whose form does not arrive, and goes on answering others', async () => {
  const socket = connect(running.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    'POST /api/v1/sign-in/password HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  let answer = '';
  socket.on('data', (piece) => {
    answer += String(piece);
  });
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toMatch(/"detail":"The body did not arrive in/);
  expect((await fetch(`http://127.0.0.1:${running.port}/healthz`)).status).toBe(200);
});

it('lets an answer take its time once the body is there', async () => {
  const app = fastify();
  endSlowBodies(app, 'http://localhost', 20);
  app.post('/slow', async () => {
    await after(200);
    return 'done';
  });
  const { statusCode, body } = await app.inject({ method: 'POST', url: '/slow', payload: { form: 'whole' } });
  expect([statusCode, body]).toEqual([200, 'done']);
});

it('cuts no connection while a long answer is made', async () => {
  const held = running.server.timeout;
  expect(held === 0 || held >= running.server.requestTimeout).toBe(true);
  expect(running.server.headersTimeout).toBeLessThanOrEqual(60_000);
});
