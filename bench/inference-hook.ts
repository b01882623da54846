import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { TEST_NOW, testConsole } from '../src/server/testing/console.ts';
import { openStore } from '../src/store/open.ts';
import type { Line } from './console/console.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
/** Kilobytes of a call, how many are sent, and what the slowest but one in a hundred may take, in milliseconds. */
const SIZES = [
  [100, 300, 50],
  [1_000, 60, 200],
] as const;

/** How long Claude waits for the inference hook: signature, text looked through, decision on the disk, answer. */
export async function benchInferenceHook(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-hook-'));
  const bylaw = await testConsole({ store: await openStore({ dataDir }), dataDir });
  try {
    const { id: client, slug } = await bylaw.client('Bench', { claudePlan: 'enterprise' });
    const hook = `/clients/${slug}/dlp/hook`;
    await bylaw.owner.call('PUT', hook, { version: 0, mode: 'watch', secret: SECRET });
    const { address } = (await bylaw.owner.call('GET', hook)).body.hook;
    const origin = await bylaw.app.listen({ host: '127.0.0.1', port: 0 });
    const url = `${origin}${new URL(address).pathname}`;
    const page = readFileSync(fileURLToPath(new URL('../CONTRIBUTING.md', import.meta.url)), 'utf8');
    for (const [kilobytes, calls, allowed] of SIZES) {
      const text = page.repeat(Math.ceil((kilobytes * 1_000) / page.length)).slice(0, kilobytes * 1_000);
      const body = JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] });
      const times: number[] = [];
      for (let n = 0; n < calls + 20; n += 1) {
        // The first decision of a day has the client decided again, in a thread that a server has long started.
        if (n === 20) await bylaw.services.verdicts.ensureCurrent([client]);
        const id = `msg_${kilobytes}_${n}`;
        const headers = {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(TEST_NOW.getTime() / 1_000),
          'webhook-signature': new Webhook(SECRET).sign(id, TEST_NOW, body),
        };
        const began = performance.now();
        const answer = await fetch(url, { method: 'POST', headers, body });
        await answer.text();
        if (!answer.ok) throw new Error(`The hook answered ${answer.status}.`);
        // The first ones load what they need.
        if (n >= 20) times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      const slow = times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN;
      note(
        `at ${kilobytes} kB half of the calls take ${(times[times.length >> 1] ?? Number.NaN).toFixed(1)} ms`,
      );
      line(`the inference hook at ${kilobytes} kB, 99 of 100 calls`, slow, 'ms', allowed);
    }
    const { checks } = (await bylaw.owner.call('GET', hook)).body;
    const unchecked = checks.find((one: { verdict: string }) => one.verdict === 'unchecked').checks;
    line('calls of it that were not looked through in time', unchecked, '', 1);
  } finally {
    await bylaw.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
