import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../sources/catalogue/load.ts';
import { sinkKind } from '../registry.ts';
import { anAlert, anEvent, sendAll, testMeans } from '../testing.ts';

const { siem } = loadCatalogue();

async function server(onSocket: (socket: Socket) => void = () => {}) {
  const pieces: Buffer[] = [];
  const listening = createServer((socket) => {
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  return {
    port: (listening.address() as AddressInfo).port,
    messages: () => unframed(Buffer.concat(pieces)),
    close: () => listening.close(),
  };
}

/** Messages by their octet counts. */
function unframed(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(bytes.subarray(at, space).toString());
    found.push(bytes.subarray(space + 1, space + 1 + length).toString('utf8'));
    at = space + 1 + length;
  }
  return found;
}

function open(port: number, given: object = {}) {
  const sink = sinkKind('syslog')?.open(
    { host: '127.0.0.1', port, transport: 'tcp', ...given },
    testMeans(siem),
  );
  if (sink === undefined) throw new Error('there is no such kind');
  return sink;
}

describe('syslog', () => {
  it('sends RFC 5424 with octet counts, carrying CEF with everything escaped', async () => {
    const there = await server();
    const event = anEvent({ type: 'tool|result', tool: 'a=b\\c\nd', connectorName: 'Ümlaut' });
    expect(await sendAll(open(there.port), [event, anAlert()])).toMatchObject({ kind: 'accepted' });
    const [first, second] = there.messages();
    expect(first).toMatch(
      /^<110>1 2026-11-20T09:00:00\.000Z bylaw bylaw - tool\|result - CEF:0\|Bylaw\|Bylaw\|1\|tool\\\|result\|/,
    );
    expect(first).toContain('act=a\\=b\\\\c\\nd ');
    expect(first).toContain('cs2=Ümlaut cs2Label=connector');
    expect(first).not.toContain('\n');
    expect(second).toMatch(/^<107>1 .*\|bulk_calls\|Bulk connector calls by Jane\|8\|externalId=alert_7 /);
    there.close();
  });

  it('carries OCSF as JSON in ASCII', async () => {
    const there = await server();
    await sendAll(open(there.port, { form: 'ocsf' }), [anEvent({ connectorName: 'Ümlaut \u2028' })]);
    const [message = ''] = there.messages();
    expect(message).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(message.slice(message.indexOf('{')))).toMatchObject({
      class_uid: 6003,
      api: { service: { name: 'Ümlaut \u2028' } },
    });
    there.close();
  });

  it('leaves out details of what would be too long, and sets aside what still is', async () => {
    const there = await server();
    const sink = open(there.port, { form: 'ocsf', kilobytes: 2 });
    await sendAll(sink, [anEvent({ detail: { long: 'x'.repeat(5_000) } })]);
    expect(there.messages()[0]).toContain('"shortened":true');
    expect(() => sink.encode(anEvent({ id: 'x'.repeat(3_000) }))).toThrow('2 kB');
    there.close();
  });

  it('does not count events as sent where the server broke off', async () => {
    const there = await server((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await sendAll(open(there.port), [anEvent()])).toMatchObject({ kind: 'retry' });
    there.close();
    expect(await sendAll(open(1), [anEvent()])).toMatchObject({
      kind: 'retry',
      says: expect.stringContaining('reached'),
    });
  });
});
