import { once } from 'node:events';
import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leastCpu } from '#domain/testing/cpu.ts';
import { importOn } from '#features/retention/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { pdf } from '#sources/file-text/testing/files.ts';
import { OTHERS, OURS } from '../../sandbox/anthropic/restriction.ts';
import { type RunningIcap, startIcap } from './icap.ts';

const SSN = '433-85-6478';
let bylaw: TestConsole;
let icap: RunningIcap;
beforeAll(async () => {
  bylaw = await testConsole();
  icap = await startIcap(bylaw.services, { host: '127.0.0.1', port: 0, from: ['127.0.0.0/8'], tls: null });
});
afterAll(async () => {
  await icap.close(0);
  await bylaw.close();
});

async function proxyOf(name: string, charter: string | null) {
  const client = await bylaw.client(name, { claudePlan: 'team' });
  if (charter !== null)
    await importOn(bylaw, client, '2026-11-24', [{ name: 'charter.yaml', bytes: charter }]);
  const { owner } = bylaw;
  const path = `/clients/${client.slug}/dlp/icap`;
  const show = async () => (await owner.call('GET', path)).body;
  const set = async (wanted: object) =>
    owner.call('PUT', path, { version: (await show()).version, mode: 'watch', ...wanted });
  await set({});
  const service = await bylaw.services.store.read('system', (tx) =>
    tx
      .selectFrom('icap_services')
      .select('path')
      .where('client_id', '=', client.id)
      .executeTakeFirstOrThrow(),
  );
  const checks = async (query = '') =>
    (await owner.call('GET', `/clients/${client.slug}/dlp/checks?guard=icap${query}`)).body.items;
  const send = (request: Sent) => ask(service.path, request);
  return { client, path, show, set, checks, send };
}

interface Sent {
  readonly target?: string;
  readonly type?: string;
  readonly headers?: string;
  readonly body: string | Buffer;
}

/** Asks as a proxy does: what it says of the request is passed, or what the person gets instead. */
async function ask(path: string, { target = 'https://claude.ai/api/x', type, headers = '', body }: Sent) {
  const host = new URL(target).host;
  const head = `POST ${target} HTTP/1.1\r\nHost: ${host}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}${headers}\r\n`;
  const socket = connect(icap.port, '127.0.0.1');
  const bytes = Buffer.from(body);
  socket.write(
    `REQMOD icap://127.0.0.1/${path} ICAP/1.0\r\nHost: h\r\nAllow: 204\r\nX-Client-IP: 10.1.2.3\r\nX-Client-Username: Ann@x.example\r\nEncapsulated: req-hdr=0, req-body=${head.length}\r\n\r\n${head}`,
  );
  socket.write(`${bytes.length.toString(16)}\r\n`);
  socket.write(bytes);
  socket.end('\r\n0\r\n\r\n');
  let said = '';
  socket.on('data', (part) => (said += part.toString()));
  await once(socket, 'close');
  return said;
}

const CHARTER = (block: boolean) =>
  `claudeOrganization: ${OURS.id}\ncontentChecks: { blockUnchecked: ${block} }\n`;
const form = (file: string | Uint8Array, name = 'members.csv') => {
  const [begin, end] = [
    `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`,
    '\r\n--b--\r\n',
  ];
  return {
    type: 'multipart/form-data; boundary=b',
    body: Buffer.concat([Buffer.from(begin), Buffer.from(file), Buffer.from(end)]),
  };
};

describe('a proxy that asks about requests to Claude', () => {
  it('only watches first, refuses with a page once the charter says how, and keeps nothing of the content', async () => {
    const { client, set, send, show, checks, path } = await proxyOf('Alder', CHARTER(true));
    const upload = {
      ...form(`Name,SSN\nAnn,${SSN}\n`),
      target: `https://claude.ai/api/organizations/${OURS.id}/upload`,
    };
    expect(await send(upload)).toContain('ICAP/1.0 204');
    expect((await set({ mode: 'enforce', helpUrl: 'javascript:alert(1)' })).status).toBe(400);
    const help = 'https://bylaw.example/staff/abc/report';
    expect((await set({ mode: 'enforce', helpUrl: help })).status).toBe(200);
    const refused = await send({
      ...upload,
      headers: 'Accept: text/html\r\nAccept-Language: en-US,en;q=0.9\r\n',
    });
    expect(refused).toContain('HTTP/1.1 403 Forbidden');
    expect(refused).toContain('Social Security number');
    expect(refused).not.toContain(SSN);
    const spanish = await send({
      ...upload,
      headers: 'Accept: text/html\r\nAccept-Language: es-MX,es,en;q=0.5\r\n',
    });
    expect(spanish).toContain('<html lang="es">');
    expect(spanish).toContain('números de identidad');
    const [, reference = ''] = /<code>([0-9A-Z-]{14})<\/code>/u.exec(refused) ?? [];
    expect(refused).toContain(`href="${help}?lang=en&amp;blocked=${reference}"`);
    expect(spanish).toContain(`href="${help}?lang=es&amp;blocked=`);
    expect(await checks(`&reference=${reference}`)).toEqual([
      expect.objectContaining({
        guard: 'icap',
        verdict: 'denied',
        because: 'content',
        found: [{ rule: 'us_ssn', title: 'Social Security number', hits: 1, fingerprints: [] }],
        account: 'approved',
        organization: OURS.id,
        person: expect.objectContaining({ name: expect.stringMatching(/ann/iu) }),
      }),
    ]);
    const judged = await bylaw.owner.call('POST', `/clients/${client.slug}/dlp/checks/${reference}/judge`, {
      as: 'false_alarm',
    });
    expect(judged.body.judged).toMatchObject({ as: 'false_alarm' });
    const program = await send({
      target: 'https://api.anthropic.com/v1/messages',
      type: 'application/json',
      body: JSON.stringify({ messages: [{ role: 'user', content: `Social\nsecurity\n${SSN}` }] }),
    });
    expect(JSON.parse(program.slice(program.indexOf('{'), program.lastIndexOf('}') + 1))).toMatchObject({
      type: 'error',
      error: { type: 'permission_error', message: expect.stringContaining('Social Security number') },
    });
    expect(await send({ body: 'Hello' })).toContain('ICAP/1.0 204');
    expect(await send({ body: `SSN ${SSN}`, target: 'https://bank.example/x' })).toContain('ICAP/1.0 204');
    const of = async (kind: string) =>
      (await show()).checks.find(({ verdict }: { verdict: string }) => verdict === kind).checks;
    await expect.poll(() => of('allowed')).toBe(1);
    expect([await of('flagged'), await of('denied')]).toEqual([1, 3]);
    await expect.poll(async () => (await show()).refused).toMatchObject([{ reason: 'other_host', calls: 1 }]);
    const stored = await bylaw.services.store.read([client.id], (tx) =>
      sql<{ whole: string }>`select a::text as whole from "activities" a`.execute(tx),
    );
    expect(stored.rows).toHaveLength(5);
    for (const { whole } of stored.rows) expect(whole).not.toMatch(/433-85|members\.csv|Hello/u);
    expect((await bylaw.owner.call('DELETE', path, { version: (await show()).version })).status).toBe(200);
    expect(await send(upload)).toContain('ICAP/1.0 404');
  });

  it('is not held up by headers, whatever they contain', async () => {
    const { set, send } = await proxyOf('Alder of headers', CHARTER(true));
    await set({ mode: 'enforce' });
    const upload = { ...form(`Name,SSN\nAnn,${SSN}\n`), target: 'https://claude.ai/api/x' };
    expect(await send(upload)).toContain('403 Forbidden');
    for (const name of ['Accept', 'Accept-Language', 'Content-Type', 'Content-Encoding', 'Cookie'])
      for (const filler of [' ', '\t;', ';', 'a;q=', 'a,', '="', '/'] as const) {
        const value = `a${filler.repeat(Math.floor(120_000 / filler.length))}b`;
        const cost = await leastCpu(1_000, async () => {
          const answer = await send({
            ...upload,
            ...(name === 'Content-Type' ? { type: value } : { headers: `${name}: ${value}\r\n` }),
          });
          expect([name, filler, answer.slice(0, 9)]).toEqual([name, filler, 'ICAP/1.0 ']);
        });
        expect([name, filler, cost < 1_000]).toEqual([name, filler, true]);
      }
  });

  it('finds it however it is written and packed, and tells other organizations from ours', async () => {
    const { client, set, send, checks } = await proxyOf('Birch', CHARTER(false));
    await set({ mode: 'enforce' });
    const json = JSON.stringify({ prompt: `Her SSN\nis ${SSN}` });
    const file = {
      type: 'base64',
      media_type: 'text/csv',
      data: Buffer.from(`SSN\n${SSN}`).toString('base64'),
    };
    const found: Record<string, Sent> = {
      form: { type: 'application/x-www-form-urlencoded', body: `ssn=${SSN}` },
      'field of JSON': { type: 'application/json', body: JSON.stringify({ person: { ssn: SSN } }) },
      'file in JSON': { type: 'application/json', body: JSON.stringify({ content: [{ source: file }] }) },
      'JSON cut off': { type: 'application/json', body: json.slice(0, -2) },
      gzip: { type: 'application/json', headers: 'Content-Encoding: gzip\r\n', body: gzipSync(json) },
      deflate: {
        type: 'application/json',
        headers: 'Content-Encoding: deflate\r\n',
        body: deflateSync(json),
      },
      'wrong type': { type: 'image/png', body: `SSN ${SSN}` },
      'no type': { body: `SSN ${SSN}` },
      'UTF-16': form(Buffer.from(`\ufeffSSN ${SSN}`, 'utf16le'), 'notes.txt'),
      'file in an archive': form(zipSync({ 'a.csv': Buffer.from(`Name,SSN\nAnn,${SSN}\n`) }), 'a.zip'),
      address: { target: `https://claude.ai/new?q=SSN%20${SSN}`, body: 'x' },
      PDF: form(pdf(`BT /F 12 Tf 10 100 Td (SSN ${SSN}) Tj ET`), 'notes.pdf'),
      'Word within an archive': form(
        zipSync({
          'a.docx': zipSync({ 'word/document.xml': strToU8(`<w:p><w:t>SSN ${SSN}</w:t></w:p>`) }),
        }),
        'a.zip',
      ),
      'form without an end': { ...form(`SSN ${SSN}`), body: form(`SSN ${SSN}`).body.subarray(0, -9) },
    };
    for (const [how, sent] of Object.entries(found)) expect(await send(sent), how).toContain('403 Forbidden');
    const theirs = { target: `https://claude.ai/api/organizations/${OTHERS.id}/x`, body: `SSN ${SSN}` };
    await send(theirs);
    const accounts = (await checks()).map(({ account }: { account: string }) => account);
    expect(accounts.filter((account: string) => account === 'other')).toHaveLength(1);
    expect(accounts).toContain('unknown');
    const alerts = (await bylaw.owner.call('GET', `/clients/${client.slug}/alerts`)).body.items;
    expect(alerts).toMatchObject([{ detection: 'CLA-DET-96' }]);
  });

  it('passes or refuses what it cannot look through as the charter says, and never calls it allowed', async () => {
    const unread: Record<string, Sent> = {
      'a file of an unknown kind': form(Buffer.from([0, 1, 2, 3, 250, 0, 7]), 'data.bin'),
      'an archive that is encrypted': form(Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), 'a.rar'),
      'an unknown encoding': { headers: 'Content-Encoding: rot13\r\n', body: 'x' },
      'a bomb': { headers: 'Content-Encoding: gzip\r\n', body: gzipSync(Buffer.alloc(70 * 1024 * 1024)) },
    };
    const open = await proxyOf('Cedar', CHARTER(false));
    await open.set({ mode: 'enforce' });
    const closed = await proxyOf('Dogwood', CHARTER(true));
    await closed.set({ mode: 'enforce' });
    for (const [what, sent] of Object.entries(unread)) {
      expect(await open.send(sent), what).toContain('ICAP/1.0 204');
      expect(await closed.send(sent), what).toContain('could not be checked');
    }
    const photo = form(Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'photo.png');
    expect(await closed.send(photo)).toContain('ICAP/1.0 204');
    const verdicts = async (one: typeof open) =>
      (await one.checks()).map(({ verdict }: { verdict: string }) => verdict);
    await expect.poll(() => verdicts(open)).toEqual(['unchecked', 'unchecked', 'unchecked', 'unchecked']);
    await expect
      .poll(() => verdicts(closed))
      .toEqual(expect.arrayContaining(['denied', 'denied', 'denied', 'denied', 'allowed']));
    expect((await closed.checks('&verdict=allowed'))[0]).toMatchObject({ unread: 1 });
    const undecided = await proxyOf('Elm', null);
    expect((await undecided.set({ mode: 'enforce' })).status).toBe(422);
  });
});
// Guide: G5.4-03 G7.2-10
