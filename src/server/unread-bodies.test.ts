import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { type TestConsole, testConsole } from './testing/console.ts';

let bylaw: TestConsole;
let app: FastifyInstance;
let client: string;
beforeAll(async () => {
  bylaw = await testConsole();
  client = (await bylaw.client()).slug;
  app = await createApp({ services: bylaw.services, webFolder: null });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await bylaw.close();
});

const PIECE = Buffer.alloc(256 * 1024, 65);

/** Writes a body of 8 MB to its end, as many senders do, and only then looks at what was answered. */
async function answerTo(
  line: string,
  type: string,
  framing: 'length' | 'chunks',
): Promise<{ answer: string; failed: unknown }> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let failed: unknown = null;
  socket.on('error', (error) => {
    failed = error;
  });
  const heads = [
    `${line} HTTP/1.1`,
    'Host: localhost',
    `Cookie: ${bylaw.owner.cookie}`,
    'Origin: http://127.0.0.1:7700',
    `Content-Type: ${type}`,
    framing === 'length' ? `Content-Length: ${PIECE.length * 32}` : 'Transfer-Encoding: chunked',
  ];
  socket.write(`${heads.join('\r\n')}\r\n\r\n`);
  for (let sent = 0; sent < 32 && failed === null; sent += 1) {
    if (framing === 'chunks') socket.write(`${PIECE.length.toString(16)}\r\n`);
    if (!socket.write(PIECE))
      await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => 0);
    if (framing === 'chunks') socket.write('\r\n');
  }
  socket.end(framing === 'chunks' ? '0\r\n\r\n' : '');
  return { answer: await text(socket).catch(() => ''), failed };
}

const NO_IMPORT = '00000000-0000-4000-8000-000000000000';
const JSON_TYPE = 'application/json';
const FILE_TYPE = 'application/octet-stream';

it.each([
  ['a form that is too long', 'POST /api/v1/clients', JSON_TYPE, 413],
  ['a form of someone not signed in', 'POST /api/v1/sign-in/password', JSON_TYPE, 413],
  ['a file that is too large', 'PUT /api/v1/clients/:client/network/check?name=a.txt', FILE_TYPE, 413],
  [
    'a file for an import that is not there',
    `PUT /api/v1/clients/:client/imports/${NO_IMPORT}/files?name=a`,
    FILE_TYPE,
    404,
  ],
  ['a file for a link that is not there', 'PUT /upload/none/files?name=a.csv', FILE_TYPE, 404],
  ['telemetry without a token', 'POST /v1/logs', JSON_TYPE, 401],
] as const)('answers %s, also where the sender writes to the end', async (_what, line, type, status) => {
  for (const framing of ['length', 'chunks'] as const) {
    const { answer, failed } = await answerTo(line.replace(':client', client), type, framing);
    expect(failed, framing).toBeNull();
    expect(answer, framing).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer, framing).toMatch(/connection: close/i);
  }
});

it('cuts off a sender that goes on sending', async () => {
  const brief = await createApp({ services: bylaw.services, webFolder: null, lingerMs: 50 });
  await brief.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((brief.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    'POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n',
  );
  await once(socket.resume(), 'close');
  await brief.close();
});
