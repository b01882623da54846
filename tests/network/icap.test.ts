import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importOn } from '#features/retention/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { type RunningIcap, startIcap } from '../../src/server/icap.ts';
import { freePort } from '../support/free-port.ts';
import { program } from './lab.ts';

/** Squid with the configuration that Bylaw generates, unchanged, in front of a simulated Claude. */
const SQUID = program('/usr/sbin/squid');
const CLIENT = program('/usr/bin/c-icap-client');
const MEGABYTES = 25;

let bylaw: TestConsole;
let icap: RunningIcap;
let claude: Server;
let folder: string;
const squids: ChildProcess[] = [];
/** Digest of each body that arrived at the simulated Claude. */
const arrived: string[] = [];
const digest = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

beforeAll(async () => {
  if (SQUID === null && CLIENT === null) return;
  bylaw = await testConsole();
  const port = await freePort();
  icap = await startIcap(bylaw.services, { host: '127.0.0.1', port, from: ['127.0.0.1'], tls: null });
  Object.assign(bylaw.services.config, { icapAt: { host: '127.0.0.1', port, secure: false } });
  folder = mkdtempSync(join(tmpdir(), 'bylaw-icap-'));
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 claude.ai\n');
  claude = createServer((from, to) => {
    const hash = createHash('sha256');
    from.on('data', (part) => hash.update(part));
    from.on('end', () => {
      arrived.push(hash.digest('hex'));
      to.end('answered');
    });
  });
  await new Promise<void>((done) => claude.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  for (const squid of squids) squid.kill('SIGKILL');
  claude?.close();
  claude?.closeAllConnections();
  await icap?.close(0);
  await bylaw?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** A client whose charter decides about requests that cannot be checked, and the configuration for its proxies. */
async function clientOf(name: string, blockUnchecked: boolean) {
  const client = await bylaw.client(name, { claudePlan: 'team' });
  const charter = { name: 'charter.yaml', bytes: `contentChecks: { blockUnchecked: ${blockUnchecked} }\n` };
  await importOn(bylaw, client, '2026-11-24', [charter]);
  const path = `/clients/${client.slug}/dlp/icap`;
  await bylaw.owner.call('PUT', path, { version: 0, mode: 'enforce' });
  return (await bylaw.owner.call('GET', path)).body as { squid: string; service: { address: string } };
}

async function squidWith(lines: string): Promise<number> {
  const port = await freePort();
  const conf = join(folder, `${port}.conf`);
  writeFileSync(
    conf,
    `http_port 127.0.0.1:${port}\nvisible_hostname proxy.test\ncache deny all\nhttp_access allow all\nhosts_file ${folder}/hosts\npid_filename none\nshutdown_lifetime 0 seconds\naccess_log none\ncache_log /dev/null\n${lines}`,
  );
  // Squid drops root privileges and reads files as its own user.
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  squids.push(spawn(SQUID ?? '', ['-N', '-n', `bylaw${port}`, '-f', conf], { stdio: 'ignore' }));
  await expect
    .poll(() =>
      send(port, 'begins').then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  return port;
}

async function send(proxy: number, body: string | Buffer, headers: Record<string, string> = {}) {
  const { port } = claude.address() as AddressInfo;
  const sent = request({
    host: '127.0.0.1',
    port: proxy,
    method: 'POST',
    path: `http://claude.ai:${port}/api/upload`,
    headers: { host: `claude.ai:${port}`, 'content-type': 'text/plain', ...headers },
    agent: false,
  });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  let text = '';
  for await (const part of answer) text += String(part);
  return { status: answer.statusCode as number, text };
}

// Runs if squid is installed.
describe.skipIf(SQUID === null)('Squid', () => {
  it('refuses with our page, passes byte for byte, and goes by the charter while Bylaw is away', async () => {
    const closed = await squidWith((await clientOf('Alder', true)).squid);
    const open = await squidWith((await clientOf('Birch', false)).squid);
    arrived.length = 0;
    const refused = await send(closed, 'Her SSN is 433-85-6478.', { accept: 'text/html' });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Social Security number');
    expect(arrived).toEqual([]);
    const line = 'The committee met on Tuesday and approved the minutes without changes.\n';
    for (const body of [
      Buffer.from('Summarize the minutes.'),
      Buffer.concat([randomBytes(16).toString('hex'), line.repeat(5_000)].map((one) => Buffer.from(one))),
      Buffer.from(line.repeat(Math.ceil((MEGABYTES * 1_000_000) / line.length))),
    ]) {
      expect((await send(closed, body)).status).toBe(200);
      expect(arrived.at(-1)).toBe(digest(body));
    }
    const hidden = Buffer.from(`${line.repeat(20_000)}SSN 433-85-6478\n${line.repeat(5_000)}`);
    expect((await send(open, hidden)).status).toBe(403);

    await icap.close(0);
    expect((await send(closed, 'Hello')).status).toBe(500);
    expect((await send(open, 'Hello')).status).toBe(200);
    icap = await startIcap(bylaw.services, {
      host: '127.0.0.1',
      port: icap.port,
      from: ['127.0.0.1'],
      tls: null,
    });
  });
});

// Runs if c-icap-client is installed (Debian: c-icap).
describe.skipIf(CLIENT === null)('c-icap-client', () => {
  it('asks what the server does, and is answered about a request', async () => {
    const { service } = await clientOf('Cedar', true);
    const path = new URL(service.address).pathname.slice(1);
    const file = join(folder, 'upload.txt');
    const ask = (text: string, ...more: string[]) => {
      writeFileSync(file, text);
      const at = ['-i', '127.0.0.1', '-p', String(icap.port), '-s', path];
      return new Promise<string>((done) => {
        const child = spawn(CLIENT ?? '', [...at, ...more]);
        let said = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (part) => (said += String(part)));
        child.once('close', () => done(said));
      });
    };
    expect(await ask('')).toMatch(/Allow 204: Yes[\s\S]*Preview: 4096/u);
    const about = ['-f', file, '-req', 'https://claude.ai/api/x', '-method', 'REQMOD', '-v', '-d', '1'];
    expect(await ask('SSN 433-85-6478', ...about)).toContain('403 Forbidden');
    expect(await ask('Hello', ...about)).toMatch(/204|No modification|Hello/u);
  });
});
// Guide: G5.4-03 G7.2-10
