import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Activity } from '../src/domain/activity/activity.ts';
import { anActivity } from '../src/domain/activity/testing.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import { insertClient } from '../src/features/clients/create.ts';
import { createServices } from '../src/server/services.ts';
import { openStore } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import type { Line } from './console/console.ts';

/** Connector calls per day, each reported by two sources. */
const CALLS = 20_000;
const PEOPLE = 20;
const BATCH_SIZE = 500;
const MEASURED = 100;
const DAY = Date.UTC(2026, 10, 24);

/** Whether 100 calls take longer at the end of a busy day than at its start, when two sources report each call. */
export async function benchDay(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-day-'));
  const store = await openStore({ dataDir });
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    config: {
      origin: 'http://127.0.0.1',
      dataDir,
      privateHosts: [],
      resolvers: [],
      version: '0',
      build: 'bench',
    },
  });
  try {
    const profile = profileSchema.parse({
      name: 'Alder Society',
      domains: ['example.org'],
      claudePlan: 'enterprise',
      timezone: 'UTC',
    });
    const now = new Date(DAY);
    const { id } = await store.write('system', (tx) =>
      insertClient(tx, { name: 'Alder Society', profile, sandbox: false, now }),
    );
    const { activityLog } = services;
    /** Milliseconds for 100 calls from the given one on; median of five runs. */
    const measure = async (first: number, make: (n: number) => Activity): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const some = Array.from({ length: MEASURED }, (_, k) => make(first + round * MEASURED + k));
        const start = performance.now();
        await activityLog.append(id, some);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[2] ?? Number.NaN;
    };
    const fill = async (from: number, to: number) => {
      for (let n = from; n < to; n += BATCH_SIZE) {
        const numbers = Array.from({ length: Math.min(BATCH_SIZE, to - n) }, (_, k) => n + k);
        await activityLog.append(
          id,
          numbers.map((one) => call(one, 'otlp')),
        );
        await activityLog.append(
          id,
          numbers.map((one) => call(one, 'sessions')),
        );
      }
    };
    await fill(0, 1_000);
    const early = await measure(1_000, (n) => call(n, 'otlp'));
    const earlyOwn = await measure(1_000, own);
    await fill(1_500, CALLS);
    const late = await measure(CALLS, (n) => call(n, 'otlp'));
    const lateOwn = await measure(CALLS, own);
    line(
      `${MEASURED} calls of connectors after ${CALLS.toLocaleString('en')} of the day that two sources reported of, against after 1,000`,
      late / early,
      'times',
      2,
    );
    note(
      `${early.toFixed(0)} ms, then ${late.toFixed(0)} ms; ${MEASURED} calls of built-in tools: ${earlyOwn.toFixed(0)} ms, then ${lateOwn.toFixed(0)} ms`,
    );
  } finally {
    await services.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The n-th call of the day. Calls are spread over 16 hours, so that no one's rate alone raises an alert. */
function call(n: number, source: 'otlp' | 'sessions'): Activity {
  const person = `p${n % PEOPLE}@example.org`;
  const toolUse = `toolu_01A09q90qw90lq${String(n).padStart(8, '0')}`;
  return anActivity({
    id: source === 'otlp' ? `e${n}-2tvvnzlzknx85Wf` : `session_01/${toolUse}`,
    at: new Date(DAY + n * 2_500 + (source === 'otlp' ? 0 : 700)).toISOString(),
    source,
    type: source === 'otlp' ? 'tool_result' : 'tool_use',
    category: 'tool_call',
    person,
    actor: { type: null, id: null, email: person, name: null },
    session: `s${n % PEOPLE}`,
    connector: 'slack',
    connectorName: 'Slack',
    tool: 'slack_read_channel',
    effect: 'read',
    outcome: 'success',
    detail: source === 'otlp' ? { tool_use_id: toolUse } : {},
  });
}

function own(n: number): Activity {
  return anActivity({
    ...call(n, 'otlp'),
    id: `own${n}`,
    connector: null,
    connectorName: null,
    tool: 'Bash',
    effect: null,
  });
}
