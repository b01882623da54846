import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { CERTIFICATE, KEY } from './testing/certificate.ts';

/** What a sink reaches, and how it is told from what only pretends to be it. */
let bylaw: TestConsole;
let slug: string;
const https = createServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
  request.resume();
  response.end('{}');
});
const messages: string[] = [];
const tls = createTlsServer({ cert: CERTIFICATE, key: KEY }, (socket) => {
  socket.on('data', (piece) => messages.push(piece.toString()));
  socket.on('error', () => {});
});
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  bylaw = await testConsole();
  ({ slug } = await bylaw.client());
  for (const server of [https, tls])
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
});
afterAll(async () => {
  https.close();
  https.closeAllConnections();
  tls.close();
  await bylaw.close();
});

async function tried(kind: string, settings: object) {
  const filter = { categories: null, activities: true, alerts: true, minSeverity: 'low' };
  const added = await bylaw.owner.call('POST', `/clients/${slug}/sinks`, {
    kind,
    name: kind,
    settings,
    filter,
  });
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  return (await bylaw.owner.call('POST', `/clients/${slug}/sinks/${added.body.id}/test`, {})).body;
}

describe('TLS', () => {
  const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

  it('is trusted with the certificate that was entered, and not without', async () => {
    const url = `https://localhost:${portOf(https)}/in`;
    expect(await tried('webhook', { url, secret })).toMatchObject({
      accepted: false,
      says: expect.stringContaining('could not be verified by its certificate'),
    });
    expect(await tried('webhook', { url, secret, ca: CERTIFICATE })).toMatchObject({ accepted: true });
  });

  it('carries syslog likewise', async () => {
    const settings = { host: 'localhost', port: portOf(tls), transport: 'tls' };
    expect(await tried('syslog', settings)).toMatchObject({
      accepted: false,
      says: expect.stringContaining('could not be verified by its certificate'),
    });
    expect(await tried('syslog', { ...settings, ca: CERTIFICATE })).toMatchObject({ accepted: true });
    expect(messages.join('')).toContain('CEF:0|Bylaw|Bylaw|1|bylaw_test|');
  });
});

it('syslog goes unencrypted only to hosts that were named, and into no private network else', async () => {
  expect(await tried('syslog', { host: 'syslog.example.org', transport: 'tcp' })).toMatchObject({
    accepted: false,
    says: expect.stringContaining('without encryption'),
  });
  expect(await tried('syslog', { host: '10.1.2.3' })).toMatchObject({
    accepted: false,
    says: expect.stringContaining('private network'),
  });
});
