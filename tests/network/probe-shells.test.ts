import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { OTHERS, OURS, restrictionEdge } from '../../sandbox/anthropic/restriction.ts';
import { installed } from '../support/programs.ts';

/** Shells that are sh on devices: dash on Debian and Ubuntu, bash on Red Hat and macOS, BusyBox on Alpine. */
const SHELLS = [
  ['dash', ['dash']],
  ['bash', ['bash', '--posix']],
  ['busybox', ['busybox', 'sh']],
] as const;
let bylaw: TestConsole;
let origin: string;
let slug: string;
let clientId: string;
let token: string;
let folder: string;
let claude: Server;
let elsewhere: Server;
let moved = false;
const keysElsewhere: unknown[] = [];
const portOf = (server: Server) => (server.address() as AddressInfo).port;
beforeAll(async () => {
  bylaw = await testConsole();
  const client = await bylaw.client('Zoë’s “Guild”', { claudePlan: 'enterprise', swg: 'squid' });
  slug = client.slug;
  clientId = client.id;
  origin = await bylaw.app.listen({ host: '127.0.0.1', port: 0 });
  bylaw.setNow(new Date());
  const person = await bylaw.person('technician', client.id);
  token = (await person.call('POST', '/me/tokens', { name: 'Shells', purpose: 'cli' })).body.secret;
  const edge = restrictionEdge();
  claude = createServer((request, response) => {
    if (moved) {
      response.writeHead(302, { location: `http://127.0.0.1:${portOf(elsewhere)}/sign-in` }).end();
      return;
    }
    const kept = request.rawHeaders.flatMap((name, at, all) =>
      at % 2 === 0 && !name.toLowerCase().startsWith('anthropic-allowed') ? [name, all[at + 1] ?? ''] : [],
    );
    request.rawHeaders.splice(0, request.rawHeaders.length, ...kept, 'anthropic-allowed-org-ids', OURS.id);
    edge.answer(request, response);
  });
  elsewhere = createServer((request, response) => {
    keysElsewhere.push(request.headers['x-api-key']);
    response.end('{"type":"message"}');
  });
  for (const server of [claude, elsewhere])
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  folder = await mkdtemp(join(tmpdir(), 'bylaw-shells-'));
  const made = await person.call('GET', `/clients/${slug}/network/ways/device_test/files/sh`);
  await writeFile(join(folder, 'test.sh'), made.bytes);
});
afterAll(async () => {
  await Promise.all([claude, elsewhere].map((server) => new Promise((done) => server.close(done))));
  await rm(folder, { recursive: true, force: true });
  await bylaw.close();
});

describe.each(SHELLS)('the test of a device in %s', (name, [program, ...options]) => {
  const run = async (...words: readonly string[]) => {
    const temporary = join(folder, `${name}-temporary`);
    await mkdir(temporary, { recursive: true });
    return await new Promise<{ code: number; out: string }>((done) => {
      execFile(
        program,
        [...options, join(folder, 'test.sh'), ...words],
        {
          env: {
            PATH: process.env.PATH ?? '',
            TMPDIR: temporary,
            BYLAW_SERVER: origin,
            BYLAW_TOKEN: token,
            BYLAW_DEVICE: join(folder, name),
            BYLAW_ANTHROPIC_URL: `http://127.0.0.1:${portOf(claude)}`,
            BYLAW_PROBE_KEY: OURS.key,
            BYLAW_PROBE_OTHER_KEY: OTHERS.key,
          },
        },
        (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : 0, out: out + err }),
      );
    });
  };

  it.skipIf(!installed(program, ['-c', ':']))('enrolls, tests, signs and records', async () => {
    expect(await run('--enroll', `Laptop "${name}"`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Enrolled.'),
    });
    expect(await run(`West, ${name}`)).toEqual({
      code: 0,
      out: `Our organization: allowed\nAnother organization: refused\nA header of the program's own: allowed\nRecorded for ${slug}, signed by this device.\n`,
    });
  });

  it.skipIf(!installed(program, ['-c', ':']))(
    'follows no redirect, so that keys go to Claude alone',
    async () => {
      moved = true;
      try {
        const { code, out } = await run(`North, ${name}`);
        expect(code).toBe(2);
        expect(out).toContain('Our organization: unclear');
        expect(keysElsewhere).toEqual([]);
      } finally {
        moved = false;
      }
    },
  );
});

it('comes for Windows as UTF-8 that Windows PowerShell 5.1 knows, and follows no redirect there either', async () => {
  const person = await bylaw.person('technician', clientId);
  const made = await person.call('GET', `/clients/${slug}/network/ways/device_test/files/ps1`);
  const text = Buffer.from(made.bytes).toString('utf8');
  expect(text.startsWith('\uFEFF# Zoë’s “Guild”')).toBe(true);
  const asked = text.split('\n').filter((line) => /^(?!#).*Invoke-WebRequest [-@]/u.test(line));
  expect(asked.length).toBeGreaterThanOrEqual(3);
  for (const line of asked) expect(line).toMatch(/Invoke-WebRequest @(?:Limits|patient)/u);
  expect(text).toContain('$patient = $Limits.Clone()');
  expect(text).toMatch(/\$Limits = @\{[^}]*MaximumRedirection = 0/u);
});
