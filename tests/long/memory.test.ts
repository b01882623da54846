import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeLargeFolder } from '../../bench/large-folder.ts';
import { containerOf } from '../support/container.ts';
import { type Server, started, Visitor } from '../support/server-process.ts';

const LIMIT = 1_800_000;
/** The documented minimum size of a server's container, in MB. */
const CONTAINER_MB = 512;

const named = z.object({ client: z.string() });
const identified = z.object({ id: z.string() });

/**
 * Memory in MB that a process has allocated itself, without cached file pages, which the kernel frees when memory is
 * short.
 */
function megabytes({ pid }: Server): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+)/m.exec(text)?.[1] ?? Number.NaN) / 1024;
}

const container = process.platform === 'linux' ? containerOf(CONTAINER_MB) : null;

/** If this process may not create a container, nothing would kill the server. */
describe.runIf(container !== null)(`a server in a container of ${CONTAINER_MB} MB`, () => {
  const open: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of open.reverse()) await close();
    await container?.remove();
  }, LIMIT);
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'bylaw-memory-'));
    open.push(() => rm(made, { recursive: true, force: true }));
    return made;
  };

  it('takes 200,000 rows, makes a report of them with its PDF and a backup without a rest', {
    timeout: LIMIT,
  }, async () => {
    const running = await started({ BYLAW_DATA: await folder() }, undefined, container?.within);
    open.push(() => running.stop());
    const olive = new Visitor();
    await olive.signUp(running);
    const peaks: Record<string, number> = {};
    const phase = async (name: string, work: () => Promise<unknown>) => {
      peaks[name] = 0;
      const watch = setInterval(() => {
        peaks[name] = Math.max(peaks[name] ?? 0, Math.round(megabytes(running)));
      }, 50);
      await work().finally(() => clearInterval(watch));
    };
    const send = (method: string, path: string, body: string | ReadableStream, type = 'application/json') =>
      fetch(`${running.origin}/api/v1${path}`, {
        method,
        headers: { origin: running.origin, cookie: olive.cookie, 'content-type': type },
        body,
        duplex: 'half',
      } as RequestInit);
    const { client } = await olive.ask(running, named, 'POST', '/clients', {
      name: 'Large Association',
      domains: ['large.example.org'],
      claudePlan: 'enterprise',
      claudeSeats: 3_000,
      m365: 'e5',
      timezone: 'America/Chicago',
    });
    const base = `/clients/${client}`;
    await phase('import', async () => {
      const files = await folder();
      writeLargeFolder(files);
      const { id } = await olive.ask(running, identified, 'POST', `${base}/imports`, {});
      for (const name of readdirSync(files).filter((one) => one.endsWith('.csv'))) {
        const bytes = ReadableStream.from(createReadStream(join(files, name)));
        const path = `${base}/imports/${id}/files?name=${name}`;
        const { status } = await send('PUT', path, bytes, 'application/octet-stream');
        expect([name, status]).toEqual([name, 200]);
      }
      await olive.ask(running, z.unknown(), 'POST', `${base}/imports/${id}/read`, {});
      const preview = async () => olive.call(running, 'GET', `${base}/imports/${id}/preview`);
      await expect.poll(async () => (await preview()).status, { timeout: LIMIT, interval: 500 }).toBe(200);
      const { facts } = z.object({ facts: z.number() }).parse((await preview()).body);
      const stored = z.object({ stored: z.literal(true) });
      await olive.ask(running, stored, 'POST', `${base}/imports/${id}/store`, { facts });
    });
    await phase('report', async () => {
      const { id } = await olive.ask(running, identified, 'POST', `${base}/reports`, {});
      const pdf = await fetch(`${running.origin}/api/v1${base}/reports/${id}/file?format=pdf`, {
        headers: { cookie: olive.cookie },
      });
      const head = Buffer.from(await pdf.arrayBuffer()).subarray(0, 5);
      expect([pdf.status, head.toString()]).toEqual([200, '%PDF-']);
    });
    await phase('backup', async () => {
      const answer = await send('POST', '/backup', '{}');
      let bytes = 0;
      for await (const piece of answer.body ?? []) bytes += piece.length;
      expect([answer.status, bytes > 1_000_000]).toEqual([200, true]);
    });
    await phase('pages', async () => {
      for (const page of ['', '/controls', '/people', '/activity', '/usage'])
        expect([page, (await olive.call(running, 'GET', `${base}${page}`)).status]).toEqual([page, 200]);
    });
    // The kernel would have killed a server that exceeded the limit.
    console.log(`peaks in MB: ${JSON.stringify(peaks)}`);
  });
});
