import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { putReading } from '../src/features/people/testing.ts';
import { type TestConsole, testConsole } from '../src/server/testing/console.ts';
import { makeMonths } from '../src/store/activity/months.ts';
import { openStore } from '../src/store/open.ts';
import type { Line } from './console/console.ts';

const STAFF = 400;
const ACTIVITIES = 200_000;
const MONTH_ALLOWED_MS = 1_000;
const QUARTER_ALLOWED_MS = 3_000;
const TIMES = 5;

/** Opening a monthly review of 400 staff, and a quarterly one over 200,000 activities, as a page requests them. */
export async function benchReviews(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-reviews-'));
  const bylaw = await testConsole({ store: await openStore({ dataDir: join(dataDir, 'db') }), dataDir });
  try {
    const client = await bylaw.client('Alder Society', { domains: ['alder.example.org'] });
    await fill(bylaw, client.id);
    await bylaw.services.verdicts.refresh(client.id);
    const open = async (kind: string) => {
      const began = performance.now();
      const { status, body } = await bylaw.owner.call('POST', `/clients/${client.slug}/reviews`, { kind });
      if (status !== 201) throw new Error(`The review was not opened: ${status}`);
      return { id: String(body.id), ms: performance.now() - began };
    };
    const again = async (id: string) => {
      const times: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const began = performance.now();
        await bylaw.owner.call('GET', `/clients/${client.slug}/reviews/${id}`);
        times.push(performance.now() - began);
      }
      return times.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
    };
    const month = await open('monthly');
    line(`a month of ${STAFF} staff, opened for the first time`, month.ms, 'ms', MONTH_ALLOWED_MS);
    const quarter = await open('quarterly');
    line(
      `a quarter over ${ACTIVITIES.toLocaleString('en')} activities`,
      quarter.ms,
      'ms',
      QUARTER_ALLOWED_MS,
    );
    note(
      `read again: the month ${(await again(month.id)).toFixed(1)} ms, the quarter ${(await again(quarter.id)).toFixed(1)} ms`,
    );
  } finally {
    await bylaw.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fill({ services }: TestConsole, clientId: string): Promise<void> {
  const people = Array.from({ length: STAFF }, (_, at) => ({
    name: `Person ${at}`,
    email: `person${at}@alder.example.org`,
  }));
  const put = <K extends Parameters<typeof putReading>[2]>(kind: K, rows: readonly object[]) =>
    putReading(services.store, clientId, kind, rows as never, '2026-11-23');
  await put(
    'members',
    people.map((one) => ({ ...one, role: 'user', status: 'active' })),
  );
  await put(
    'roster',
    people.map(({ name, email }, at) => ({
      name,
      emails: [email],
      ...(at % 40 === 0 ? { status: 'left', endsOn: '2026-11-01' } : { status: 'active' }),
    })),
  );
  await put(
    'domain_memberships',
    people.map((one, at) => ({ ...one, plan: at % 20 === 0 ? 'pro' : 'team', inWorkspace: at % 20 !== 0 })),
  );
  await put(
    'usage',
    people.map(({ email }, at) => ({ email, messages: at, from: '2026-10-25', to: '2026-11-23' })),
  );
  await makeMonths(services.store, ['2026-08', '2026-09', '2026-10', '2026-11']);
  const rest = JSON.stringify({ actor: {}, amounts: {}, detail: { some: 'detail of a usual length' } });
  await services.store.write('system', (tx) =>
    sql`insert into activities (client_id, at, id, seq, received_at, source, surface, type, category, person, connector,
        tool, effect, outcome, rest)
      select ${clientId}, '2026-11-24'::timestamptz - (n::float8 / ${ACTIVITIES} * 90) * interval '1 day', 'e' || n, n, now(),
        'otlp', 'cowork', 'tool_result', 'tool_call', 'person' || (n % ${STAFF}) || '@alder.example.org',
        'microsoft365_outlook', 'tool' || (n % 7), case when n % 50 = 0 then 'write' else 'read' end, 'success', ${rest}::jsonb
      from generate_series(1, ${ACTIVITIES}) n`.execute(tx),
  );
  await services.store.asOwner((session) => session.script('analyze activities'));
}
