import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDataDirectory } from '#store/testing.ts';
import { type Server, started, Visitor } from '../support/server-process.ts';

/** A request may take a quarter of an hour to arrive; a server that is told to stop does not wait for that. */
const LIMIT = 240_000;

describe('a server that is told to stop', () => {
  let data: string;
  let server: Server;
  beforeAll(async () => {
    data = await newDataDirectory();
    server = await started({ BYLAW_DATA: data, BYLAW_LOG: 'silent' });
  }, LIMIT);
  afterAll(() => server.kill());

  it('ends although a file is still on its way and nobody reads an answer', { timeout: LIMIT }, async () => {
    const olive = new Visitor();
    await olive.signUp(server);
    const { body } = await olive.call(server, 'POST', '/clients', {
      name: 'Alder Society',
      domains: ['alder.example.org'],
      claudePlan: 'team',
    });
    const { client: slug } = body as { client: string };
    const made = await olive.call(server, 'POST', `/clients/${slug}/imports`, {});
    const { id } = made.body as { id: string };
    const { port, host } = new URL(server.origin);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket.resume(), 'close');
    socket.on('error', () => undefined);
    socket.write(
      [
        `PUT /api/v1/clients/${slug}/imports/${id}/files?name=staff.csv HTTP/1.1`,
        `host: ${host}`,
        `origin: ${server.origin}`,
        `cookie: ${olive.cookie}`,
        'content-type: application/octet-stream',
        'content-length: 1000000',
        '',
        'Name,Email',
      ].join('\r\n'),
    );
    // The server has the beginning once it answers another request that came after it.
    expect((await olive.call(server, 'GET', '/me')).status).toBe(200);
    expect(socket.bytesRead).toBe(0);
    await server.stop();
    await closed;
  });
});
