import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DnsRow } from '#domain/model/kinds.ts';
import { dnsFile } from './file.ts';
import { dnsKinds } from './kinds.ts';
import { lookUpTxt } from './lookup.ts';

/** What the small name server below answers: records as lists of strings, or a response code, or nothing. */
const ZONE: Readonly<Record<string, readonly (readonly string[])[] | number | 'silence'>> = {
  'alder.example.org': [['v=spf1 -all'], ['anthropic-domain-verification-', 'x1=abc']],
  'empty.example.org': [],
  'missing.example.org': 3,
  'broken.example.org': 2,
  'closed.example.org': 5,
  'silent.example.org': 'silence',
};

function reply(question: Buffer): Buffer | null {
  let at = 12;
  const labels: string[] = [];
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  const asked = question.subarray(12, at + 5);
  const found = ZONE[labels.join('.').toLowerCase()] ?? 3;
  if (found === 'silence') return null;
  const records = typeof found === 'number' ? [] : found;
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (typeof found === 'number' ? found : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const answers = records.map((strings) => {
    const data = Buffer.concat(
      strings.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])),
    );
    const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, asked, ...answers]);
}

describe('live look-up of TXT records', () => {
  let socket: Socket;
  let server = '';

  beforeAll(async () => {
    socket = createSocket('udp4');
    socket.on('message', (message, from) => {
      const answer = reply(message);
      if (answer) socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    server = `127.0.0.1:${socket.address().port}`;
  });
  afterAll(() => socket.close());

  it('tells every outcome apart and joins split strings', async () => {
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
