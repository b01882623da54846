import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchAllowed, isPublicAddress, OutboundRefused, privateHostsOf } from './outbound.ts';

let server: Server;
let asked: string[] = [];
let port = 0;

const MEGABYTES = Buffer.alloc(8_000_000, 'a');
/** Small on the way, megabytes once unpacked; the last is packed twice. */
const BOMBS: Readonly<Record<string, readonly [encoding: string, bytes: Buffer]>> = {
  '/gzip': ['gzip', gzipSync(MEGABYTES)],
  '/deflate': ['deflate', deflateSync(MEGABYTES)],
  '/br': ['br', brotliCompressSync(MEGABYTES)],
  '/twice': ['gzip, gzip', gzipSync(gzipSync(MEGABYTES))],
};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const bomb = BOMBS[request.url ?? ''];
    if (bomb !== undefined) response.writeHead(200, { 'content-encoding': bomb[0] }).end(bomb[1]);
    else if (request.url === '/packed')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
    else if (request.url === '/drip') {
      response.write('h');
      const drip = setInterval(() => response.write('a'), 10);
      response.once('close', () => clearInterval(drip));
    } else if (request.url === '/away')
      response.writeHead(302, { location: 'http://127.0.0.1:1/inside' }).end();
    else if (request.url === '/large') response.end(Buffer.alloc(200_000));
    else if (request.url !== '/silent') response.end('hello');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function allowed(privateHosts: readonly string[], more: { timeoutMs?: number; maxBytes?: number } = {}) {
  asked = [];
  return fetchAllowed({
    hosts: [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`],
    privateHosts,
    ...more,
  });
}

describe('requests to the outside', () => {
  it('reaches a private host only where it is allowed by name', async () => {
    const answer = await allowed(['localhost'])(`http://localhost:${port}/`);
    expect(await answer.text()).toBe('hello');
    await expect(allowed(['localhost'])(`http://127.0.0.1:${port}/`)).rejects.toThrow(OutboundRefused);
    expect(asked).toEqual([]);
  });

  it('refuses names that resolve to a private address, and such addresses themselves, before anything is sent', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      await expect(allowed([])(`https://${host}:${port}/`)).rejects.toThrow(/private network/u);
    expect(asked).toEqual([]);
  });

  it('refuses hosts that nobody named, other schemes and credentials in the address', async () => {
    const go = allowed(['localhost']);
    await expect(go('https://elsewhere.example/')).rejects.toThrow(
      'elsewhere.example is not among the hosts',
    );
    await expect(go(`http://localhost:${port + 1}/`)).rejects.toThrow('not among the hosts');
    await expect(go('file:///etc/passwd')).rejects.toThrow(OutboundRefused);
    await expect(go(`http://a:b@localhost:${port}/`)).rejects.toThrow('contains a name or password');
    await expect(allowed([])(`http://localhost:${port}/`)).rejects.toThrow('has to start with https');
    expect(asked).toEqual([]);
  });

  it('does not follow an answer that points elsewhere', async () => {
    const go = allowed(['localhost']);
    await expect(go(`http://localhost:${port}/away`)).rejects.toThrow();
    await expect(go(`http://localhost:${port}/away`, { redirect: 'follow' })).rejects.toThrow();
    const answer = await go(`http://localhost:${port}/away`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
  });

  it('gives up on answers that are too large or too slow', async () => {
    const large = allowed(['localhost'], { maxBytes: 1_000 });
    await expect(large(`http://localhost:${port}/large`).then((answer) => answer.text())).rejects.toThrow();
    const slow = allowed(['localhost'], { timeoutMs: 50 });
    await expect(slow(`http://localhost:${port}/silent`)).rejects.toThrow();
    // One that keeps talking is given up, too.
    const dripping = allowed(['localhost'], { timeoutMs: 200 });
    await expect(dripping(`http://localhost:${port}/drip`).then((answer) => answer.text())).rejects.toThrow();
  });

  it.each(Object.keys(BOMBS))('unpacks no more of an answer than it takes: %s', async (path) => {
    const go = allowed(['localhost'], { maxBytes: 1_000_000 });
    const answer = await go(`http://localhost:${port}${path}`);
    await expect(answer.arrayBuffer().then(({ byteLength }) => byteLength)).rejects.toThrow(
      'more than 1000000 bytes',
    );
    expect(await (await go(`http://localhost:${port}/packed`)).text()).toBe('hello');
  });

  it('knows which addresses are public', () => {
    const inside = [
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '127.1.2.3',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '255.255.255.255',
      '224.0.0.1',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '::127.0.0.1',
      '::a00:1',
      '4000::1',
      'no address',
    ];
    expect(inside.filter(isPublicAddress)).toEqual([]);
    expect(['9.9.9.9', '2620:fe::fe'].every(isPublicAddress)).toBe(true);
  });

  it('reads the hosts that may be private', () => {
    expect(privateHostsOf(undefined)).toEqual([]);
    expect(privateHostsOf(' Localhost , idp.internal. ,')).toEqual(['localhost', 'idp.internal']);
  });
});
