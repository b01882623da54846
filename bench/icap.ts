import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { startIcap } from '../src/server/icap.ts';
import { testConsole } from '../src/server/testing/console.ts';
import { openStore } from '../src/store/open.ts';
import type { Line } from './console/console.ts';

const WARM = 200;
const PROMPTS = 1_000;
const UPLOADS = 5;
const UPLOAD_BYTES = 25_000_000;

/**
 * Time that the check adds to a request through a proxy, on one persistent connection: ICAP request, scan, response.
 */
export async function benchIcap(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-icap-'));
  const bylaw = await testConsole({ store: await openStore({ dataDir }), dataDir, guardMs: 200 });
  const icap = await startIcap(bylaw.services, {
    host: '127.0.0.1',
    port: 0,
    from: ['127.0.0.1'],
    tls: null,
  });
  Object.assign(bylaw.services.config, { icapAt: { host: '127.0.0.1', port: icap.port, secure: false } });
  try {
    const { slug } = await bylaw.client('Bench', { claudePlan: 'team' });
    const at = `/clients/${slug}/dlp/icap`;
    await bylaw.owner.call('PUT', at, { version: 0, mode: 'watch' });
    const shown = async () => (await bylaw.owner.call('GET', at)).body;
    const { address } = (await shown()).service;
    const socket = connect(icap.port, '127.0.0.1');
    const page = readFileSync(fileURLToPath(new URL('../CONTRIBUTING.md', import.meta.url)), 'utf8');
    const prompt = JSON.stringify({ prompt: page.slice(0, 1_900) });
    const times: number[] = [];
    for (let n = 0; n < WARM + PROMPTS; n += 1) {
      const began = performance.now();
      await ask(socket, address, 'application/json', Buffer.from(prompt), true);
      if (n >= WARM) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    note(`at 2 kB 99 of 100 requests take ${(times[Math.ceil(PROMPTS * 0.99)] ?? Number.NaN).toFixed(1)} ms`);
    line(
      'the check at the proxy at 2 kB, half of the requests',
      times[PROMPTS >> 1] ?? Number.NaN,
      'ms',
      0.3,
    );

    const file = Buffer.from(page.repeat(Math.ceil(UPLOAD_BYTES / page.length)).slice(0, UPLOAD_BYTES));
    let slowest = 0;
    for (let n = 0; n < UPLOADS; n += 1) {
      const began = performance.now();
      await ask(socket, address, 'text/plain', file, false);
      slowest = Math.max(slowest, performance.now() - began);
    }
    line('a file of 25 MB, checked and sent back whole', slowest / 1_000, 's', 2);
    socket.destroy();
    await icap.close(1_000);
    const { checks } = await shown();
    const unchecked = checks.find((one: { verdict: string }) => one.verdict === 'unchecked').checks;
    line('requests of it that were not looked through in time', unchecked, '', 1);
  } finally {
    await icap.close(0);
    await bylaw.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/**
 * One request as a proxy sends it. A short one fits into the preview and gets 204; a long one, without `Allow: 204`,
 * gets its unchanged body back.
 */
async function ask(
  socket: Socket,
  address: string,
  type: string,
  body: Buffer,
  isShort: boolean,
): Promise<void> {
  const head = `POST https://claude.ai/api/x HTTP/1.1\r\nHost: claude.ai\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const answered = new Promise<void>((done, fail) => {
    let began = '';
    let end = '';
    const hear = (part: Buffer) => {
      if (began.length < 12) began += part.toString('latin1', 0, 12);
      end = `${end}${part.toString('latin1', Math.max(0, part.length - 5))}`.slice(-5);
      if (!isShort && end !== '0\r\n\r\n') return;
      socket.off('data', hear);
      if (began.startsWith(`ICAP/1.0 ${isShort ? 204 : 200}`)) done();
      else fail(new Error(`The check answered ${began}.`));
    };
    socket.on('data', hear);
  });
  socket.cork();
  socket.write(
    `REQMOD ${address} ICAP/1.0\r\nHost: h\r\n${isShort ? 'Preview: 4096\r\nAllow: 204\r\n' : ''}Encapsulated: req-hdr=0, req-body=${head.length}\r\n\r\n${head}${body.length.toString(16)}\r\n`,
  );
  socket.write(body);
  socket.write(isShort ? '\r\n0; ieof\r\n\r\n' : '\r\n0\r\n\r\n');
  socket.uncork();
  await answered;
}
