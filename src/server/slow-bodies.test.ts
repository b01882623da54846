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
});
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

it.each([
  ['says nothing', ''],
  ['begins a request', 'GET /healthz HTTP/1.1\r\nHost: a'],
])('ends a connection that %s and goes no further, among many such', async (_what, begun) => {
  const ended = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const socket = connect(running.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(begun);
      let answer = '';
      socket.on('data', (piece) => {
        answer += String(piece);
      });
      await once(socket, 'close');
      return answer.split(' ')[1] ?? '';
    }),
  );
  expect(new Set(ended)).toEqual(new Set(['408']));
  expect((await fetch(`http://127.0.0.1:${running.port}/healthz`)).status).toBe(200);
});

it('keeps a connection on which nothing is asked for a while', async () => {
  const socket = connect(running.port, '127.0.0.1');
  for (let request = 0; request < 2; request += 1) {
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    // Longer than headers may take.
    await after(600);
  }
  socket.destroy();
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
});
