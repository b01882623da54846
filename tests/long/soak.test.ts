import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { coworkLogs } from '#features/telemetry/testing/send.ts';
import { type Server, started, Visitor } from '../support/server-process.ts';

const LIMIT = 600_000;
const ROUNDS = 12;
const EVENTS = 25;
const ACTIVITIES = 10;
/** Allowed growth of the peak memory from the first half to the second, in MB; about what one round takes. */
const SLACK_MB = 60;

const named = z.object({ client: z.string() });
const identified = z.object({ id: z.string() });
const whole = z.object({ whole: z.boolean() });

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Memory in MB that a process has allocated itself, without cached file pages. */
function megabytes({ pid }: Server): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+)/m.exec(text)?.[1] ?? Number.NaN) / 1024;
}

it.runIf(process.platform === 'linux')(
  `a server at mixed work for ${ROUNDS} rounds grows no further, loses nothing and keeps its audit chains whole`,
  { timeout: LIMIT },
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'bylaw-soak-'));
    open.push(() => rm(data, { recursive: true, force: true }));
    const server = await started({ BYLAW_DATA: data });
    open.push(() => server.stop());
    const olive = new Visitor();
    await olive.signUp(server);
    const { client } = await olive.ask(server, named, 'POST', '/clients', {
      name: 'Alder Society',
      domains: ['alder.example.org'],
      claudePlan: 'enterprise',
    });
    const base = `/clients/${client}`;
    const token = z.object({ secret: z.string() });
    const { secret } = await olive.ask(server, token, 'POST', `${base}/telemetry/tokens`, { name: 'All' });
    const peaks: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let peak = 0;
      const watch = setInterval(() => {
        peak = Math.max(peak, megabytes(server));
      }, 50);
      await Promise.all([
        telemetry(server, secret, round),
        importing(server, olive, base, round),
        pages(server, olive, base),
        signIn(server),
        ...(round % 3 === 0 ? [backup(server, olive)] : []),
      ]).finally(() => clearInterval(watch));
      peaks.push(Math.round(peak));
    }
    const wanted = Array.from({ length: ROUNDS }, (_, round) => [
      ...Array.from({ length: EVENTS }, (_, at) => `event${round}x${at}@`),
      ...Array.from({ length: ACTIVITIES }, (_, at) => `imported${round}x${at}@`),
    ]).flat();
    await expect.poll(() => logged(server, olive, base), { interval: 1_000 }).toEqual(wanted.sort());
    for (const chain of [base, '/workspace'])
      expect(await olive.get(server, whole, `${chain}/audit/check`)).toEqual({ whole: true });
    console.log(`peaks in MB: ${peaks.join(', ')}`);
    const half = ROUNDS / 2;
    expect(Math.max(...peaks.slice(half))).toBeLessThan(Math.max(...peaks.slice(0, half)) + SLACK_MB);
  },
);

async function telemetry({ origin }: Server, secret: string, round: number): Promise<void> {
  for (let at = 0; at < EVENTS; at += 1) {
    const values = { 'event.sequence': at, 'user.email': `event${round}x${at}@alder.example.org` };
    const answer = await fetch(`${origin}/v1/logs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(coworkLogs([{ name: 'user_prompt', at: new Date().toISOString(), values }])),
    });
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
  }
}

async function importing(server: Server, olive: Visitor, base: string, round: number): Promise<void> {
  const data = Array.from({ length: ACTIVITIES }, (_, at) => ({
    id: `activity_${round}_${at}`,
    created_at: new Date(Date.now() - 3_600_000 - (round * ACTIVITIES + at) * 1_000).toISOString(),
    organization_id: null,
    actor: {
      type: 'user_actor',
      email_address: `imported${round}x${at}@alder.example.org`,
      user_id: 'user_1',
    },
    type: 'claude_chat_created',
  }));
  const { id } = await olive.ask(server, identified, 'POST', `${base}/imports`, {});
  const path = `${base}/imports/${id}`;
  const put = await fetch(`${server.origin}/api/v1${path}/files?name=activities.json`, {
    method: 'PUT',
    headers: { origin: server.origin, cookie: olive.cookie, 'content-type': 'application/octet-stream' },
    body: JSON.stringify({ data, has_more: false, first_id: null, last_id: null }),
  });
  await put.arrayBuffer();
  expect(put.status).toBe(200);
  await olive.ask(server, z.unknown(), 'POST', `${path}/read`, {});
  await expect
    .poll(async () => (await olive.call(server, 'GET', `${path}/preview`)).status, { timeout: LIMIT })
    .toBe(200);
  // If the facts behind the preview have changed, it is requested again, as people are asked to.
  const preview = z.object({ facts: z.number() });
  const store = async () => {
    const { facts } = await olive.get(server, preview, `${path}/preview`);
    return (await olive.call(server, 'POST', `${path}/store`, { facts })).status;
  };
  await expect.poll(store, { timeout: LIMIT }).toBeLessThan(300);
}

async function pages(server: Server, olive: Visitor, base: string): Promise<void> {
  for (const page of ['', '/controls', '/people', '/activity', '/usage', '/audit'])
    expect([page, (await olive.call(server, 'GET', `${base}${page}`)).status]).toEqual([page, 200]);
}

async function signIn(server: Server): Promise<void> {
  const mine = { email: 'olive@msp.example', password: 'four quiet wooden herons' };
  expect((await new Visitor().call(server, 'POST', '/sign-in/password', mine)).status).toBe(201);
}

async function backup({ origin }: Server, olive: Visitor): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/backup`, {
    method: 'POST',
    headers: { origin, cookie: olive.cookie, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(200);
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100_000);
}

/** People of the activities in the log, once per activity. */
async function logged(server: Server, olive: Visitor, base: string): Promise<string[]> {
  const page = z.object({ items: z.array(z.unknown()) });
  const { items } = await olive.get(server, page, `${base}/activity?limit=500`);
  return items.map((item) => /(?:event|imported)\d+x\d+@/.exec(JSON.stringify(item))?.[0] ?? '').sort();
}
