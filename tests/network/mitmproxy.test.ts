import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readTextForm } from '#domain/network/check/text-forms.ts';
import { continuations, headerLines } from '#domain/network/header.ts';
import { mitmproxy } from '#domain/network/makers/mitmproxy.ts';
import { OTHERS, OURS } from '../../sandbox/anthropic/restriction.ts';
import { restriction } from './lab.ts';

/**
 * Runs the script for mitmproxy in Python with a small stand-in that has mitmproxy’s documented names. mitmproxy itself
 * is not tested here, and the page says so.
 */
const STAND_IN = fileURLToPath(new URL('./stand-in/', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'bylaw-mitmproxy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAME = restriction.header;
const made = (organizations: readonly string[] = [OURS.id], maxValue: number | null = null) => {
  const headers = headerLines(restriction, organizations, maxValue);
  if ('why' in headers) throw new Error('no header');
  const report = { server: 'https://bylaw.example', client: 'rowan' };
  const forbidden = { tools: [], withoutHosts: [] };
  return (
    mitmproxy.script?.({
      restriction,
      headers,
      forbidden,
      about: ['Rowan "Guild" \'of\' \\ trees'],
      report,
    }) ?? ''
  );
};

interface Asked {
  readonly sni: string | null;
  /** Host to which the proxy is asked to connect. */
  readonly host: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `:authority` of HTTP/2. */
  readonly authority?: string;
  readonly scheme?: string;
  readonly broken?: boolean;
}
interface Became {
  readonly decrypted: boolean;
  readonly status: number | null;
  readonly streams: boolean;
  readonly headers: readonly (readonly [string, string])[] | null;
}

function run(script: string, asked: readonly Asked[]): Became[] {
  const file = join(folder, 'claude.py');
  writeFileSync(file, script);
  const done = spawnSync('python3', ['-B', join(STAND_IN, 'run.py'), file], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PYTHONPATH: STAND_IN },
  });
  expect(done.stderr).toBe('');
  return JSON.parse(done.stdout);
}
const to = (host: string, headers: Asked['headers'] = [], more: Partial<Asked> = {}): Asked => ({
  sni: host,
  host,
  headers: [['Host', host], ...headers],
  ...more,
});
const restricting = ({ headers }: Became) =>
  (headers ?? []).filter(([name]) => name.toLowerCase().startsWith(NAME));

describe.skipIf(!hasPython)('claude.py', () => {
  it('puts our header once in place of what a client sends, on every host and in every spelling', () => {
    const foreign: Asked['headers'] = [
      [NAME, OTHERS.id],
      [NAME.toUpperCase(), OTHERS.id],
      ['Anthropic-Allowed-Org-Ids', `${OURS.id},${OTHERS.id}`],
      ...continuations(restriction).map((name) => [name, OTHERS.id] as const),
      ['x-api-key', 'kept'],
    ];
    const asked = restriction.hosts.flatMap((host) => [
      to(host),
      to(host, foreign),
      to(host, [], { headers: [['Host', `${host.toUpperCase()}:443`]] }),
      // HTTP/2 names the host in `:authority`.
      to(host, [], { headers: foreign.map(([name, value]) => [name.toLowerCase(), value]), authority: host }),
      // In transparent mode, the proxy knows only an address.
      to(host, foreign, { host: '198.51.100.7' }),
    ]);
    for (const became of run(made(), asked)) {
      expect(became).toMatchObject({ decrypted: true, status: null, streams: true });
      expect(restricting(became)).toEqual([[NAME, OURS.id]]);
    }
    const [, second] = run(made(), [to('claude.ai'), to('claude.ai', foreign)]);
    expect(second?.headers).toContainEqual(['x-api-key', 'kept']);
  });

  it('leaves other hosts encrypted and clean', () => {
    const own: Asked['headers'] = [[NAME, OTHERS.id]];
    const hosts = ['other.example', 'claude.ai.other.example', 'notclaude.ai', 'cdn.claude.ai'];
    for (const became of run(
      made(),
      hosts.map((host) => to(host, own)),
    )) {
      expect(became).toMatchObject({ decrypted: false, status: null });
      expect(restricting(became)).toEqual(own);
    }
  });

  it('refuses a session and a request that name different hosts, and Claude in clear', () => {
    const own: Asked['headers'] = [[NAME, OTHERS.id]];
    const claude = to('claude.ai', own);
    const refused = run(made(), [
      { ...claude, sni: 'other.example' },
      { ...claude, sni: 'other.example', host: '198.51.100.7' },
      to('claude.ai', own, { authority: 'api.anthropic.com', headers: own }),
      to('claude.ai', own, { headers: [['Host', 'claude.ai'], ['host', 'claude.com'], ...own] }),
      to('claude.ai', own, { headers: own }),
      { ...to('claude.ai', own), scheme: 'http' },
      { ...to('claude.ai', own), broken: true },
    ]);
    expect(refused.map(({ status }) => status)).toEqual([421, 421, 421, 421, 421, 403, 503]);
    for (const became of refused) {
      expect(restricting(became)).toEqual([]);
      expect(became.streams).toBe(false);
    }
  });

  it('decrypts by the name in the handshake and by the address that is asked for', () => {
    const seen = run(made(), [
      { sni: 'CLAUDE.AI', host: null, headers: [['Host', 'claude.ai']] },
      { sni: null, host: 'claude.ai', headers: [['Host', 'claude.ai']] },
      { sni: 'other.example', host: 'claude.ai', headers: [['Host', 'other.example']] },
      { sni: null, host: '198.51.100.7', headers: [['Host', 'other.example']] },
    ]);
    expect(seen.map(({ decrypted }) => decrypted)).toEqual([true, true, true, false]);
  });

  it('sets numbered headers where one value cannot hold every organization', () => {
    const ids = Array.from({ length: 8 }, (_, at) => OURS.id.replace(/^.{8}/, `${at}`.padStart(8, '0')));
    const [became] = run(made(ids, 255), [to('claude.ai', [[`${NAME}2`, OTHERS.id]])]);
    expect(became && restricting(became)).toEqual([
      [NAME, `${ids.slice(0, 6).join(',')};n=2`],
      [`${NAME}1`, ids.slice(6).join(',')],
    ]);
  });
});

describe('the check of a script that is in use', () => {
  const read = (text: string) => readTextForm(text);

  it('reads ours whole', () => {
    const found = read(made());
    expect(found).toMatchObject({
      form: 'mitmproxy',
      headers: [{ name: NAME, value: OURS.id, act: 'set' }],
      flaws: [],
    });
    expect(new Set(found?.hosts)).toEqual(new Set(restriction.hosts));
    expect(found?.removed).toEqual([NAME, ...continuations(restriction)]);
  });

  it('reads the option that sets a header, and what a script adds to the client’s', () => {
    expect(read(`modify_headers:\n  - "/~d ^claude\\\\.ai$/${NAME}/${OURS.id}"\n`)).toMatchObject({
      headers: [{ name: NAME, value: OURS.id, act: 'set' }],
      flaws: [{ code: 'host_not_compared' }],
    });
    expect(read(`mitmdump --modify-headers '/~d claude.ai/${NAME}/${OURS.id}'`)).toMatchObject({
      headers: [{ name: NAME, value: OURS.id, act: 'set' }],
      hosts: ['claude.ai'],
    });
    const script = `from mitmproxy import http\nORG = "${OURS.id}"\ndef request(flow):\n    if flow.request.pretty_host == "claude.ai":\n        flow.request.headers.add("${NAME}", ORG)\n`;
    expect(read(script)).toMatchObject({
      headers: [{ name: NAME, value: OURS.id, act: 'add', line: 5 }],
      removed: [],
      hosts: ['claude.ai'],
      flaws: [{ code: 'host_not_compared' }],
    });
  });
});
// Guide: G4.4-06
