import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { serverEngine } from './server.ts';

test('a database that offers no TLS where it is asked for gets no password, and a sentence is said', async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      heard.push(piece);
      socket.write('N');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const engine = serverEngine(`postgres://bylaw:secret@127.0.0.1:${port}/x?sslmode=verify-full`);
  try {
    await expect(engine.session((session) => session.query('select 1'))).rejects.toThrow(
      /offers no TLS.*BYLAW_DATABASE_TLS/u,
    );
    // The request for TLS is eight bytes long; nothing follows it.
    expect(Buffer.concat(heard).length).toBe(8);
  } finally {
    await engine.close();
    server.close();
  }
});
