import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { Agent, ProxyAgent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerLines } from '#domain/network/header.ts';
import { MAKERS } from '#domain/network/makers/index.ts';
import { probeOutcome, probeVerdict } from '#domain/network/probe.ts';
import { whileWatching } from '#sources/network/certificates.ts';
import { runProbe } from '#sources/network/probe.ts';
import { OTHERS, OURS } from '../../sandbox/anthropic/restriction.ts';
import { freePort } from '../support/free-port.ts';
import { EDGE, lab, program, restriction } from './lab.ts';

/**
 * Gives the configuration files that Bylaw generates to the programs that they are for, unchanged except for the
 * placeholders in angle brackets, and tests them with Bylaw’s own probe against a simulated Claude that responds as
 * documented.
 */
const SQUID = program('/usr/sbin/squid');
const HAPROXY = program('/usr/sbin/haproxy');
const CHROMIUM = program('/usr/bin/chromium');
const CERTGEN = program('/usr/lib/squid/security_file_certgen');
/** On most machines, only root may use port 443. */
const mayListen = process.getuid?.() === 0;

let place: Awaited<ReturnType<typeof lab>>;
beforeAll(async () => {
  if (mayListen) place = await lab();
});
afterAll(() => place?.close());

const made = (way: string, file: string) => {
  const headers = headerLines(restriction, [OURS.id], null);
  if ('why' in headers) throw new Error('no header');
  return (
    MAKERS[way]?.[file]?.({
      restriction,
      headers,
      forbidden: { tools: [], withoutHosts: [] },
      about: ['A test'],
      report: { server: 'https://bylaw.example', client: 'rowan' },
    }) ?? ''
  );
};
/** Replaces the placeholders in angle brackets. An unknown one is an error of the test. */
const filled = (text: string, places: Readonly<Record<string, string>>) => {
  const done = text.replace(/<([^<>]+)>/g, (whole, name: string) => places[name] ?? whole);
  expect(done).not.toMatch(/<[^<>\n]+>/);
  return done;
};
const probe = async (dispatcher: Agent | ProxyAgent, origin = 'https://api.anthropic.com') => {
  const answers = await runProbe({
    origin,
    ownKey: OURS.key,
    otherKey: OTHERS.key,
    header: restriction.header,
    foreign: restriction.foreign,
    dispatcher,
  });
  const outcomes = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [name, probeOutcome(answer, restriction)]),
  );
  return { outcomes, verdict: probeVerdict(outcomes) };
};

describe.skipIf(!mayListen)('without a gateway', () => {
  it('everyone gets in, and the probe says so', async () => {
    const direct = new Agent({
      connect: { ca: place.authority('public'), host: EDGE, servername: 'api.anthropic.com' },
    });
    expect(await probe(direct, `https://${EDGE}`)).toEqual({
      outcomes: { own: 'allowed', other_key: 'allowed', other_value: 'refused' },
      verdict: 'lets_in',
    });
    await direct.close();
  });
});

// Runs if squid-openssl is installed and port 443 may be used.
describe.skipIf(!mayListen || SQUID === null || CERTGEN === null)('squid.conf', () => {
  const start = async (name: string, change: (conf: string) => string) => {
    const port = await freePort();
    const cache = place.path(`${name}-certificates`);
    spawnSync(CERTGEN ?? '', ['-c', '-s', cache, '-M', '16MB']);
    spawnSync('cp', [place.path('company.crt'), place.path('both.pem')]);
    spawnSync('sh', ['-c', `cat ${place.path('company.key')} >> ${place.path('both.pem')}`]);
    writeFileSync(place.path('hosts'), restriction.hosts.map((host) => `${EDGE} ${host}\n`).join(''));
    const conf = filled(change(made('squid', 'conf')).replace(':3128', `:${port}`), {
      'proxy name': 'proxy.test',
      'listen address': '127.0.0.1',
      'authority certificate and key, PEM': place.path('both.pem'),
      'folder of squid programs': '/usr/lib/squid',
      'certificate cache': cache,
      'client network': '127.0.0.0/8',
    });
    // Settings for the lab only: where host names lead, and which authority signed the simulated Claude's certificate.
    const own = `hosts_file ${place.path('hosts')}\ntls_outgoing_options cafile=${place.path('public.crt')} min-version=1.2\npid_filename none\nshutdown_lifetime 0 seconds\naccess_log none\ncache_log /dev/null\n`;
    writeFileSync(place.path(`${name}.conf`), `${conf}${own}`);
    // Squid drops root privileges and accesses files as its own user.
    spawnSync('chmod', ['-R', 'a+rwX', place.path('.')]);
    await place.start(
      SQUID ?? '',
      ['-N', '-d', '1', '-n', `bylaw${port}`, '-f', place.path(`${name}.conf`)],
      '127.0.0.1',
      port,
    );
    return new ProxyAgent({
      uri: `http://127.0.0.1:${port}`,
      requestTls: { ca: place.authority('company') },
    });
  };

  it('lets in ours, refuses others and replaces what a client sends, on every host', async () => {
    const proxy = await start('squid', (conf) => conf);
    for (const host of restriction.hosts) {
      place.arrived.length = 0;
      const { answer, certificates } = await whileWatching(() => probe(proxy, `https://${host}`));
      expect(answer, host).toEqual({
        outcomes: { own: 'allowed', other_key: 'refused', other_value: 'allowed' },
        verdict: 'holds',
      });
      // With TLS inspection, the company's authority signs for the hosts.
      expect(certificates).toEqual([{ host, issuer: 'Company authority', isPublic: false }]);
      for (const { headers } of place.arrived) expect(headers).toEqual([[restriction.header, OURS.id]]);
    }
    await proxy.close();
  });

  it('is caught by the probe where the line that removes the client’s header was taken out', async () => {
    const proxy = await start('tampered', (conf) =>
      conf.replace(`request_header_access ${restriction.header} deny all\n`, ''),
    );
    expect(await probe(proxy)).toMatchObject({
      outcomes: { other_value: 'sent_twice' },
      verdict: 'wrong_header',
    });
    await proxy.close();
  });
});

// Runs if haproxy is installed and port 443 may be used.
describe.skipIf(!mayListen || HAPROXY === null)('haproxy.cfg', () => {
  /** Starts HAProxy on its own address, and returns relays to it over HTTP/1.1 and HTTP/2. */
  const start = async (name: string, address: string, change: (conf: string) => string) => {
    const conf = filled(change(made('haproxy', 'conf')), {
      'public resolver': await place.resolver(),
      'listen address': address,
      "certificate and key for Claude's names, PEM": place.path('relay.both'),
      'certificates of public authorities, PEM': place.path('public.crt'),
    });
    const file = place.path(`${name}.cfg`);
    writeFileSync(file, conf);
    const checked = spawnSync(HAPROXY ?? '', ['-c', '-f', file], { encoding: 'utf8' });
    expect(`${checked.stdout}${checked.stderr}`).not.toMatch(/\[(?:ALERT|WARNING)\]/);
    await place.start(HAPROXY ?? '', ['-db', '-f', file], address, 443);
    const relay = (version: 1 | 2) =>
      new Agent({
        allowH2: version === 2,
        connect: {
          ca: place.authority('company'),
          lookup: (_, __, give) => give(null, [{ address, family: 4 }]),
        },
      });
    // HAProxy resolves the address of its peer only after it has started.
    await expect.poll(async () => (await probe(relay(1))).outcomes.own).not.toBe('unclear');
    return relay;
  };

  it('lets in ours, refuses others and replaces what a client sends, on every host', async () => {
    const relay = await start('haproxy', '127.0.0.44', (conf) => conf);
    for (const host of restriction.hosts)
      for (const version of [1, 2] as const) {
        const way = relay(version);
        place.arrived.length = 0;
        await expect.poll(async () => (await probe(way, `https://${host}`)).verdict).toBe('holds');
        for (const { headers, host: asked } of place.arrived) {
          expect(asked).toBe(host);
          expect(headers).toEqual([[restriction.header, OURS.id]]);
        }
        await way.close();
      }
  });

  it('answers over HTTP/2 for the host of the session alone', async () => {
    await start('versions', '127.0.0.47', (conf) => conf);
    const session = connect('https://claude.ai', {
      ca: place.authority('company'),
      lookup: (_, __, give) => give(null, [{ address: '127.0.0.47', family: 4 }]),
    });
    expect(await once(session, 'connect').then(() => session.alpnProtocol)).toBe('h2');
    const ask = async (authority: string) => {
      place.arrived.length = 0;
      const asked = session.request({ ':authority': authority, [`${restriction.header}1`]: OTHERS.id });
      const [{ ':status': status }] = await once(asked.resume(), 'response');
      return [status, place.arrived.map(({ host, headers }) => [host, headers])];
    };
    expect(await ask('claude.ai')).toEqual([401, [['claude.ai', [[restriction.header, OURS.id]]]]]);
    for (const other of ['other.test', 'api.anthropic.com']) expect(await ask(other)).toEqual([421, []]);
    session.destroy();
  });

  it('is caught by the probe where it adds to what a client sends, or only takes that away', async () => {
    const adds = await start('adds', '127.0.0.45', (conf) =>
      conf.replace(/.*del-header.*\n/, '').replaceAll('set-header', 'add-header'),
    );
    expect(await probe(adds(1))).toMatchObject({
      outcomes: { other_value: 'sent_twice' },
      verdict: 'wrong_header',
    });
    const strips = await start('strips', '127.0.0.46', (conf) => conf.replaceAll(/.*set-header.*\n/g, ''));
    expect(await probe(strips(1))).toMatchObject({
      outcomes: { own: 'allowed', other_key: 'allowed', other_value: 'allowed' },
      verdict: 'lets_in',
    });
  });
});

// Runs if Debian's full Chromium is installed; the headless shell does not support policies.
describe.skipIf(!mayListen || CHROMIUM === null)('the policy for browsers', () => {
  const FOLDER = '/etc/chromium/policies/managed';
  const file = join(FOLDER, `bylaw-test-${process.pid}.json`);
  afterAll(() => rmSync(file, { force: true }));
  const visit = async (url: string) => {
    place.arrived.length = 0;
    const browser = spawn(
      CHROMIUM ?? '',
      [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${place.path('profile')}`,
        `--host-resolver-rules=MAP * ${EDGE}`,
        '--ignore-certificate-errors',
        '--dump-dom',
        url,
      ],
      { timeout: 50_000, stdio: 'ignore' },
    );
    await new Promise((done) => browser.once('exit', done));
    return place.arrived.filter(({ host }) => host === new URL(url).host).map(({ headers }) => headers);
  };

  it('makes the browser name our organization to Claude, and to nobody else', async () => {
    mkdirSync(FOLDER, { recursive: true });
    expect((await visit('https://claude.ai/new'))[0]).toEqual([]);
    writeFileSync(file, made('chrome', 'linux'));
    for (const url of ['https://claude.ai/new', 'https://api.anthropic.com/v1/models'])
      expect((await visit(url))[0], url).toEqual([[restriction.header, OURS.id]]);
    expect((await visit('https://other.example/'))[0]).toEqual([]);
    // Browsers silently ignore an invalid pattern.
    writeFileSync(file, made('chrome', 'linux').replace('"claude.ai"', '"*.claude.ai"'));
    expect((await visit('https://claude.ai/new'))[0]).toEqual([]);
  });
});
// Guide: G4.4-00 G4.4-01
