import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '../../../server/testing/console.ts';

let bylaw: TestConsole;
let server: Server;
let issuer = '';

beforeAll(async () => {
  bylaw = await testConsole();
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  server.on('request', new Provider(issuer, { clients: [] }).callback());
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await bylaw.close();
});

const add = (body: object) =>
  bylaw.owner.call('POST', '/identity-providers', {
    name: 'Work account',
    issuer,
    clientId: 'bylaw',
    ...body,
  });

describe('sign-in providers', () => {
  it('asks the issuer before storing, and never gives the secret back', async () => {
    const created = await add({ secret: 'very-secret-value' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      issuer,
      clientId: 'bylaw',
      hasSecret: true,
      enabled: true,
      version: 1,
    });
    const list = await bylaw.owner.call('GET', '/identity-providers');
    expect(list.body.redirectUri).toBe('http://127.0.0.1:7700/api/v1/sign-in/oidc/callback');
    const everything = await bylaw.services.store.read('system', async (tx) => [
      await tx.selectFrom('identity_providers').selectAll().execute(),
      await tx.selectFrom('audit_log').selectAll().execute(),
    ]);
    expect(JSON.stringify([created.body, list.body, everything])).not.toContain('very-secret-value');
    expect((await add({})).body.message).toContain('is already set up');
  });

  it('refuses issuers that do not answer as one, and stores nothing', async () => {
    const before = (await bylaw.owner.call('GET', '/identity-providers')).body.total;
    const elsewhere = await add({ issuer: `${issuer}/not-here` });
    expect([elsewhere.status, elsewhere.body.message]).toEqual([
      422,
      expect.stringContaining('does not describe itself'),
    ]);
    const hidden = await add({ issuer: 'https://[::1]:8443' });
    expect([hidden.status, hidden.body.message]).toEqual([
      422,
      expect.stringContaining('is in a private network'),
    ]);
    const plain = await add({ issuer: 'http://login.example.org' });
    expect([plain.status, plain.body.message]).toEqual([
      422,
      expect.stringContaining('has to start with https'),
    ]);
    const anyone = await add({ issuer: 'https://login.microsoftonline.com/common/v2.0' });
    expect([anyone.status, anyone.body.message]).toEqual([422, expect.stringContaining('TENANT-ID')]);
    expect((await bylaw.owner.call('GET', '/identity-providers')).body.total).toBe(before);
  });

  it('warns the second of two people who edit, and removes only what was shown', async () => {
    const { body } = await bylaw.owner.call('GET', '/identity-providers');
    const [{ id, version }] = body.items;
    const path = `/identity-providers/${id}`;
    const edit = { name: 'Work', clientId: 'bylaw-2', enabled: false, version };
    const first = await bylaw.owner.call('PUT', path, edit);
    expect(first.body).toMatchObject({ name: 'Work', enabled: false, hasSecret: true, version: version + 1 });
    const second = await bylaw.owner.call('PUT', path, { ...edit, name: 'Other' });
    expect([second.status, second.body.data.version]).toEqual([409, version + 1]);
    expect((await bylaw.owner.call('DELETE', path, { version })).status).toBe(409);
    expect((await bylaw.owner.call('DELETE', path, { version: version + 1 })).status).toBe(200);
    expect((await bylaw.owner.call('GET', '/identity-providers')).body.total).toBe(0);
  });

  it('is for Owners only', async () => {
    const technician = await bylaw.person('technician', null);
    expect((await technician.call('GET', '/identity-providers')).status).toBe(403);
  });
});
