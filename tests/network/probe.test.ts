import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { OTHERS, OURS, restrictionEdge } from '../../sandbox/anthropic/restriction.ts';
import { command } from '../support/command.ts';

/**
 * `bylaw probe` against a simulated Claude that responds as documented, behind a minimal gateway: requests carry the
 * header that it sets.
 */
const HEADER = 'anthropic-allowed-org-ids';
let bylaw: TestConsole;
let origin: string;
let slug: string;
let client: string;
let token: string;
let gateway: 'none' | 'replaces' | 'adds' = 'none';
let claude: Server;
beforeAll(async () => {
  bylaw = await testConsole();
  ({ id: client, slug } = await bylaw.client('Rowan Guild', { claudePlan: 'enterprise', swg: 'squid' }));
  origin = await bylaw.app.listen({ host: '127.0.0.1', port: 0 });
  token = (await bylaw.owner.call('POST', '/me/tokens', { name: 'Probe', purpose: 'cli' })).body.secret;
  const edge = restrictionEdge();
  claude = createServer((request, response) => {
    if (gateway === 'replaces') {
      const kept = request.rawHeaders.flatMap((name, at, all) =>
        at % 2 === 0 && !name.toLowerCase().startsWith(HEADER) ? [name, all[at + 1] ?? ''] : [],
      );
      request.rawHeaders.splice(0, request.rawHeaders.length, ...kept);
    }
    if (gateway !== 'none') request.rawHeaders.push(HEADER, OURS.id);
    edge.answer(request, response);
  });
  await new Promise<void>((done) => claude.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await new Promise((done) => claude.close(done));
  await bylaw.close();
});

const probe = (environment: Readonly<Record<string, string>> = {}, ...more: readonly string[]) =>
  command(['probe', slug, '--place', 'Head office, managed laptop', ...more], {
    folder: tmpdir(),
    environment: {
      ...process.env,
      BYLAW_SERVER: origin,
      BYLAW_TOKEN: token,
      BYLAW_ANTHROPIC_URL: `http://127.0.0.1:${(claude.address() as AddressInfo).port}`,
      BYLAW_PROBE_KEY: OURS.key,
      BYLAW_PROBE_OTHER_KEY: OTHERS.key,
      ...environment,
    },
  });
/** Sessions expire overnight, so each day has a new person. */
const control = async () => {
  const reader = await bylaw.person('technician', client);
  return (await reader.call('GET', `/clients/${slug}/controls/CLA-SHA-06`)).body as { state: string };
};

it('reports refused, let in or misconfigured, and files the result as what the control rests on', async () => {
  const open = await probe();
  expect(open).toMatchObject({ code: 1, err: '' });
  expect(open.out).toContain('Another organization: let in');
  expect((await control()).state).toBe('fail');

  bylaw.setNow(new Date(Date.parse('2026-11-25T15:00:00Z')));
  gateway = 'adds';
  expect((await probe()).out).toContain('the header arrives twice');
  expect(JSON.stringify(await control())).toMatch(/malformed or sent twice/);

  bylaw.setNow(new Date(Date.parse('2026-11-26T15:00:00Z')));
  gateway = 'replaces';
  expect(await probe()).toMatchObject({ code: 0 });
  expect((await control()).state).toBe('pass');

  // A result older than the control allows no longer counts as evidence.
  bylaw.setNow(new Date(Date.parse('2027-03-10T15:00:00Z')));
  await bylaw.services.verdicts.refresh(client);
  expect((await control()).state).toBe('cannot_read');
});

it('signs with a key of the device’s own once it is enrolled, and with none that others can read', async () => {
  bylaw.setNow(new Date());
  gateway = 'replaces';
  const person = await bylaw.person('technician', client);
  const { secret } = (await person.call('POST', '/me/tokens', { name: 'Laptop', purpose: 'cli' })).body;
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-device-'));
  const device = { BYLAW_TOKEN: secret, BYLAW_DEVICE: folder };
  try {
    expect(await probe(device, '--enroll', 'Head office 3')).toMatchObject({ code: 0, err: '' });
    const signed = await probe(device);
    expect(signed.out).toContain(`Recorded for ${slug}, signed by the device Head office 3.`);
    const control = (await person.call('GET', `/clients/${slug}/controls/CLA-SHA-06`)).body;
    expect(control.state).toBe('pass');
    expect(JSON.stringify(control)).toContain('signed by the device Head office 3, which');
    await chmod(join(folder, slug, 'key.pem'), 0o644);
    expect((await probe(device)).err).toMatch(/Others on this device can read/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('asks another host whether the header came to it, and records what it repeats', async () => {
  // After the signed test above, whose device takes the time of this machine.
  const later = Date.now() + 3_600_000;
  bylaw.setNow(new Date(later));
  gateway = 'replaces';
  let repeats = true;
  const echo = createServer((request, response) => {
    // This gateway adds the header for every host.
    if (leaks) request.headers[HEADER.toUpperCase()] = OURS.id;
    response.end(repeats ? JSON.stringify({ headers: request.headers }) : HEADER);
  });
  let leaks = false;
  await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/headers`;
  const newest = async () => {
    const reader = await bylaw.person('technician', client);
    return (await reader.call('GET', `/clients/${slug}/network`)).body.probes[0];
  };
  const person = await bylaw.person('technician', client);
  const { secret } = (await person.call('POST', '/me/tokens', { name: 'Echo', purpose: 'cli' })).body;
  const asked = () => probe({ BYLAW_TOKEN: secret }, '--echo', url);
  try {
    const clean = await asked();
    expect(clean).toMatchObject({ code: 0, out: expect.stringContaining('got no header of Claude’s') });
    expect(await newest()).toMatchObject({ shows: 'holds', headerHere: false });
    leaks = true;
    bylaw.setNow(new Date(later + 60_000));
    expect((await asked()).out).toContain('got the header meant for Claude');
    expect(await newest()).toMatchObject({ headerHere: true });
    expect(JSON.stringify(await control())).toContain('also sent to a host that is not Claude’s');
    // A page that only contains the header's name does not repeat the request's headers.
    repeats = false;
    expect((await asked()).out).toContain('did not repeat the headers that it got');
    expect((await probe({}, '--echo', 'ftp://example.org')).err).toMatch(/--echo an address/);
  } finally {
    await new Promise((done) => echo.close(done));
  }
});

it('says what is missing, and shows nothing by a key that is none', async () => {
  expect((await probe({ BYLAW_PROBE_KEY: '' })).err).toMatch(/BYLAW_PROBE_KEY/);
  const wrong = await probe({ BYLAW_PROBE_KEY: 'sk-ant-none', BYLAW_PROBE_OTHER_KEY: '' }, '--no-record');
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain('the key is not valid');
});

it('calls Claude closed only on a network that was shown to work', async () => {
  const neutral = createServer((_, answer) => answer.end('Microsoft Connect Test'));
  await new Promise<void>((done) => neutral.listen(0, '127.0.0.1', done));
  const works = `http://127.0.0.1:${(neutral.address() as AddressInfo).port}/connecttest.txt`;
  const block = (url: string) =>
    probe({ BYLAW_ANTHROPIC_URL: 'http://127.0.0.1:9' }, '--block', 'guest', '--no-record', '--neutral', url);
  try {
    expect(await block(works)).toMatchObject({ code: 0, out: expect.stringContaining('Claude is closed') });
    const offline = await block('http://127.0.0.1:9');
    expect(offline.code).toBe(2);
    expect(offline.out).toContain('could not be shown to work');
    expect(offline.out).not.toContain('Claude is closed');
  } finally {
    await new Promise((done) => neutral.close(done));
  }
});
// Guide: G4.4-01 G4.1-03

it('as a script without an install reads the same answers, records them, and shows no key among processes', async () => {
  bylaw.setNow(new Date(Date.parse('2027-03-12T15:00:00Z')));
  const reader = await bylaw.person('technician', client);
  const { secret } = (await reader.call('POST', '/me/tokens', { name: 'Script', purpose: 'cli' })).body;
  const made = await reader.call('GET', `/clients/${slug}/network/ways/device_test/files/sh`);
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-script-'));
  const script = join(folder, 'claude-network-test.sh');
  await writeFile(script, made.bytes);
  const run = (
    environment: Readonly<Record<string, string>> = {},
    words = ['Branch "west", managed laptop'],
  ) =>
    new Promise<{ code: number; out: string }>((done) => {
      execFile(
        'sh',
        [script, ...words],
        {
          env: {
            PATH: process.env.PATH ?? '',
            BYLAW_SERVER: origin,
            BYLAW_TOKEN: secret,
            BYLAW_ANTHROPIC_URL: `http://127.0.0.1:${(claude.address() as AddressInfo).port}`,
            BYLAW_PROBE_KEY: OURS.key,
            BYLAW_PROBE_OTHER_KEY: OTHERS.key,
            ...environment,
          },
        },
        (error, out) => done({ code: typeof error?.code === 'number' ? error.code : 0, out }),
      );
    });
  try {
    gateway = 'replaces';
    expect(await run()).toEqual({
      code: 0,
      out: `Our organization: allowed\nAnother organization: refused\nA header of the program's own: allowed\nRecorded for ${slug}.\n`,
    });
    // The same device, after enrolling: its results are signed.
    bylaw.setNow(new Date());
    const here = await bylaw.person('technician', client);
    const own = (await here.call('POST', '/me/tokens', { name: 'Device', purpose: 'cli' })).body.secret;
    const enrolled = { BYLAW_TOKEN: own, BYLAW_DEVICE: folder };
    expect(await run(enrolled, ['--enroll', 'Branch "west" 7'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Enrolled.'),
    });
    expect((await stat(join(folder, slug, 'key.pem'))).mode & 0o077).toBe(0);
    expect((await run(enrolled)).out).toContain(`Recorded for ${slug}, signed by this device.`);
    const signed = (await here.call('GET', `/clients/${slug}/network`)).body;
    const bySelf = signed.probes.find(({ device }: { device: object | null }) => device !== null);
    expect(bySelf).toMatchObject({
      place: 'Branch "west", managed laptop',
      shows: 'holds',
      device: { name: 'Branch "west" 7' },
      headerHere: false,
    });
    await chmod(join(folder, slug, 'key.pem'), 0o640);
    expect((await run(enrolled)).code).toBe(2);
    await chmod(join(folder, slug, 'key.pem'), 0o600);
    const shown = (await here.call('GET', `/clients/${slug}/network`)).body;
    expect(shown.probes[0]).toMatchObject({ place: 'Branch "west", managed laptop', shows: 'holds' });
    gateway = 'adds';
    expect(await run({ BYLAW_TOKEN: '' })).toMatchObject({
      code: 1,
      out: expect.stringContaining('sent_twice'),
    });
    gateway = 'none';
    expect(await run({ BYLAW_TOKEN: '' })).toMatchObject({
      code: 1,
      out: expect.stringContaining('Another organization: allowed'),
    });
    expect(
      await run({ BYLAW_PROBE_KEY: 'sk-ant-none', BYLAW_PROBE_OTHER_KEY: '', BYLAW_TOKEN: '' }),
    ).toMatchObject({
      code: 2,
      out: expect.stringContaining('Our organization: key_refused'),
    });
    expect(await run({ BYLAW_ANTHROPIC_URL: 'http://127.0.0.1:9', BYLAW_TOKEN: '' })).toMatchObject({
      code: 2,
      out: expect.stringContaining('Our organization: blocked'),
    });
    expect((await run({ BYLAW_TOKEN: 'none' })).code).toBe(2);

    // Claude behind a certificate of the company, and another host that repeats a request's headers.
    const [authority, pair] = [join(folder, 'authority.pem'), join(folder, 'pair.pem')];
    execFileSync('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/O=Company authority/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', pair, '-out', authority],
    ]);
    gateway = 'replaces';
    let leaks = false;
    const tls = { key: await readFile(pair), cert: await readFile(authority) };
    const inspected = createTlsServer(tls, (request, response) => claude.emit('request', request, response));
    const other = createServer((request, response) =>
      response.end(JSON.stringify({ ...request.headers, ...(leaks ? { [HEADER]: OURS.id } : {}) })),
    );
    for (const each of [inspected, other])
      await new Promise<void>((done) => each.listen(0, '127.0.0.1', done));
    const portOf = (each: Server) => (each.address() as AddressInfo).port;
    const echo = ['Branch', '--echo', `http://127.0.0.1:${portOf(other)}/headers`];
    const tested = () =>
      run(
        {
          ...enrolled,
          BYLAW_ANTHROPIC_URL: `https://localhost:${portOf(inspected)}`,
          CURL_CA_BUNDLE: authority,
        },
        echo,
      );
    const newest = async () =>
      (await here.call('GET', `/clients/${slug}/network`)).body.probes.find(
        ({ place }: { place: string }) => place === 'Branch',
      );
    try {
      bylaw.setNow(new Date(Date.now() + 60_000));
      const clean = await tested();
      expect(clean).toMatchObject({ code: 0, out: expect.stringContaining('got no header of Claude') });
      expect(clean.out).toContain('localhost: its certificate is from Company authority.');
      expect(await newest()).toMatchObject({
        certificates: [{ host: 'localhost', issuer: 'Company authority', isPublic: null }],
        headerHere: false,
      });
      leaks = true;
      bylaw.setNow(new Date(Date.now() + 120_000));
      expect((await tested()).out).toContain('got the header meant for Claude');
      expect(await newest()).toMatchObject({ headerHere: true });
      expect((await run({}, ['Branch', '--echo', 'ftp://example.org'])).code).toBe(2);
    } finally {
      await Promise.all([inspected, other].map((each) => new Promise((done) => each.close(done))));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
