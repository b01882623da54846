import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Server, started, Visitor } from '../tests/support/server-process.ts';
import type { Line } from './console/console.ts';
import { percentile } from './console/load.ts';

const KEY = Buffer.alloc(24, 7);
const SECRET = `whsec_${KEY.toString('base64')}`;
/** Size of a call in KB, number of calls, and limit of the 99th percentile in ms. */
const SIZES = [
  [100, 600, 50],
  [1_000, 100, 200],
] as const;
/** Warm-up calls, since a server that just started has compiled little. */
const WARM = 100;
/** Pins the server to one core, if the system can; the figures are for one core. */
const ONE_CORE = ['taskset', '-c', '0'];

const hookShown = z.object({
  hook: z.object({ address: z.string() }),
  checks: z.array(z.object({ verdict: z.string(), checks: z.number() })),
});

/**
 * Latency of the inference hook for Claude: signature, scan, stored decision, response. The server runs as people start
 * it, on one core; the client is a separate process, like Claude.
 */
export async function benchInferenceHook(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-hook-'));
  const canPin = spawnSync('taskset', ['--version']).status === 0;
  const server = await started({ BYLAW_DATA: dataDir }, undefined, canPin ? ONE_CORE : []);
  try {
    const owner = new Visitor();
    await owner.signUp(server);
    const { client } = await owner.ask(server, z.object({ client: z.string() }), 'POST', '/clients', {
      name: 'Bench',
      domains: ['bench.example'],
      claudePlan: 'enterprise',
    });
    const hook = `/clients/${client}/dlp/hook`;
    await owner.ask(server, z.unknown(), 'PUT', hook, { version: 0, mode: 'watch', secret: SECRET });
    const shown = () => owner.get(server, hookShown, hook);
    const { pathname } = new URL((await shown()).hook.address);
    if (!canPin) note('the server had every core: this system has no taskset');
    for (const [kilobytes, calls, allowed] of SIZES) {
      const times = await timesOf(server, pathname, kilobytes, calls);
      const at = (part: number) => percentile(times, part).toFixed(1);
      note(`at ${kilobytes} kB half of the calls take ${at(0.5)} ms, nine of ten ${at(0.9)} ms`);
      line(`the inference hook at ${kilobytes} kB, 99 of 100 calls`, percentile(times, 0.99), 'ms', allowed);
    }
    const unchecked = (await shown()).checks.find(({ verdict }) => verdict === 'unchecked')?.checks;
    line('calls of it that were not looked through in time', unchecked ?? Number.NaN, '', 1);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Milliseconds of each of the sequential calls. */
async function timesOf(
  { origin }: Server,
  path: string,
  kilobytes: number,
  calls: number,
): Promise<number[]> {
  const page = readFileSync(fileURLToPath(new URL('../CONTRIBUTING.md', import.meta.url)), 'utf8');
  const text = page.repeat(Math.ceil((kilobytes * 1_000) / page.length)).slice(0, kilobytes * 1_000);
  const body = JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] });
  const times: number[] = [];
  for (let n = 0; n < WARM + calls; n += 1) {
    const id = `msg_${kilobytes}_${n}`;
    const seconds = Math.floor(Date.now() / 1_000);
    const signed = createHmac('sha256', KEY).update(`${id}.${seconds}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signed}`,
    };
    const began = performance.now();
    const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body });
    await answer.text();
    if (!answer.ok) throw new Error(`The hook answered ${answer.status}.`);
    if (n >= WARM) times.push(performance.now() - began);
  }
  return times;
}
