import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { putReading } from '../src/features/people/testing.ts';
import { type TestConsole, testConsole } from '../src/server/testing/console.ts';
import { openStore } from '../src/store/open.ts';
import { policyIn } from '../tests/support/fill.ts';
import { freePort } from '../tests/support/free-port.ts';
import type { Line } from './console/console.ts';
import { measureStaffPage } from './staff-page.ts';

const PEOPLE = 3_000;
const CONCURRENT_REQUESTS = 20;
const ALLOWED_S = 600;

/**
 * How fast the policy loads on a slow phone, how long 3,000 staff take to acknowledge it, and whether anything is lost.
 */
export async function benchPolicy(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-policy-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const bylaw = await testConsole({ store: await openStore({ dataDir }), dataDir, origin });
  try {
    const client = await bylaw.client('Bench', { domains: ['example.org'] });
    const base = `/clients/${client.slug}`;
    const people = Array.from({ length: PEOPLE }, (_, n) => `person${n}@example.org`);
    const members = people.map((email, n) => ({
      email,
      name: email,
      role: n === 0 ? ('primary_owner' as const) : ('user' as const),
      status: 'active' as const,
    }));
    await putReading(bylaw.services.store, client.id, 'members', members, '2026-11-20');
    await policyIn(bylaw, base, await bylaw.person('hr', client.id));
    const page = (await bylaw.owner.call('POST', `${base}/policy/page`, {})).body.address;
    await bylaw.app.listen({ port, host: '127.0.0.1' });
    await measureStaffPage(page, line);
    note(`${PEOPLE.toLocaleString('en')} people acknowledge the policy, ${CONCURRENT_REQUESTS} at once`);
    const began = performance.now();
    const waiting = [...people];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await acknowledge(bylaw, new URL(page).pathname, next);
    };
    await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, work));
    line(`${PEOPLE} acknowledgements`, (performance.now() - began) / 1000, 's', ALLOWED_S);
    const { done } = (await bylaw.owner.call('GET', `${base}/policy/coverage`)).body;
    if (done !== PEOPLE) throw new Error(`${PEOPLE - done} acknowledgements were lost.`);
  } finally {
    await bylaw.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function acknowledge(bylaw: TestConsole, page: string, address: string): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const asked = await bylaw.inject({
    method: 'POST',
    url: page,
    headers,
    payload: new URLSearchParams({ address }).toString(),
  });
  const cookie = String(asked.headers['set-cookie']).split(';')[0] ?? '';
  const at = bylaw.outbox.findIndex(({ to }) => to === address);
  const [mail] = bylaw.outbox.splice(at, 1);
  const link = new URL(/https?:\S+\/policy\/sign\/\S+/u.exec(mail?.text ?? '')?.[0] ?? '').pathname;
  const opened = await bylaw.inject({ method: 'GET', url: link, headers: { cookie } });
  const sha256 = /name="sha256" value="(\w+)"/u.exec(String(opened.body))?.[1] ?? '';
  const signed = await bylaw.inject({
    method: 'POST',
    url: link,
    headers: { ...headers, cookie },
    payload: new URLSearchParams({ name: address.split('@')[0] ?? '', sha256 }).toString(),
  });
  if (!String(signed.body).includes('was acknowledged on')) throw new Error(`${address}: ${signed.body}`);
}
