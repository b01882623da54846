import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DnsRow } from '#domain/model/kinds.ts';
import { nameServer, type Zone } from '../../../tests/support/name-server.ts';
import { dnsFile } from './file.ts';
import { dnsKinds } from './kinds.ts';
import { lookUpTxt } from './lookup.ts';

/** Answers of the small name server below: records as lists of strings, a response code, or nothing. */
const ZONE: Zone = {
  'alder.example.org': [['v=spf1 -all'], ['anthropic-domain-verification-', 'x1=abc']],
  'empty.example.org': [],
  'missing.example.org': 3,
  'broken.example.org': 2,
  'closed.example.org': 5,
  'silent.example.org': 'silence',
};

describe('live look-up of TXT records', () => {
  let running: Awaited<ReturnType<typeof nameServer>>;
  let server = '';

  beforeAll(async () => {
    running = await nameServer(ZONE);
    server = running.address;
  });
  afterAll(() => running.close());

  it('distinguishes every outcome and joins split strings', async () => {
    const found = await lookUpTxt(Object.keys(ZONE), {
      servers: [server],
      timeout: 200,
      tries: 1,
      now: () => new Date('2026-11-24T15:00:00Z'),
    });
    const byDomain = Object.fromEntries(found.rows.map((row) => [row.domain, row.outcome]));
    expect(byDomain).toEqual({
      'alder.example.org': 'answer',
      'empty.example.org': 'no_record',
      'missing.example.org': 'nxdomain',
      'broken.example.org': 'servfail',
      'closed.example.org': 'refused',
      'silent.example.org': 'timeout',
    });
    expect([...(found.rows[0]?.txt ?? [])].sort()).toEqual([
      'anthropic-domain-verification-x1=abc',
      'v=spf1 -all',
    ]);
    expect(found.at).toBe('2026-11-24T15:00:00.000Z');
    expect(found.rows.every((row) => row.resolver === server)).toBe(true);
  });

  it('writes a file that reads back as the same rows with its own day', async () => {
    const found = await lookUpTxt(['alder.example.org', 'MISSING.example.org', 'alder.example.org'], {
      servers: [server],
      timeout: 500,
      tries: 1,
      now: () => new Date('2026-11-25T03:00:00Z'),
    });
    expect(found.rows).toHaveLength(2);
    const value: unknown = JSON.parse(JSON.stringify(dnsFile(found)));
    const parsed = dnsKinds[0]?.parse(
      { form: 'json', value, text: '' },
      { file: 'dns.json', timezone: 'America/New_York', domains: [], today: '2026-11-25' },
    )[0];
    const plain = (rows: readonly DnsRow[]) => rows.map(({ file: _file, ...rest }) => rest);
    expect(plain((parsed?.rows ?? []) as readonly DnsRow[])).toEqual(plain(found.rows));
    expect(parsed?.observedOn).toBe('2026-11-24');
  });
});
// Guide: G1.1-05 G2.2-04 G4.2-01 GA-03 GB-02
