import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startHec } from '../sandbox/siem/hec.ts';
import { anActivity } from '../src/domain/activity/testing.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import { insertClient } from '../src/features/clients/create.ts';
import { createServices } from '../src/server/services.ts';
import { openStore } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import { insertSink, sinkSecretsPlace } from '../src/store/sinks/sinks.ts';

/** Events while the sink is down, and how many of them before memory is first measured. */
const EVENTS = 60_000;
const FIRST = 10_000;
const TOGETHER = 1_000;
const TOKEN = '11111111-2222-3333-4444-555555555555';

type Line = (what: string, figure: number, unit: string, allowed: number) => void;

/** Memory that a sink costs while it is down, and how fast the backlog is sent once it is back. */
export async function benchSinks(line: Line, note: (text: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-bench-sinks-'));
  const store = await openStore({ dataDir: join(folder, 'data') });
  const sealer = await openSealer({ keyFile: join(folder, 'secret.key') });
  let now = new Date();
  const services = await createServices({
    store,
    sealer,
    clock: () => now,
    config: {
      origin: 'http://127.0.0.1:7700',
      dataDir: folder,
      privateHosts: ['127.0.0.1'],
      forwardFolders: [],
      resolvers: [],
      version: 'bench',
      build: 'bench',
    },
  });
  let down = true;
  let taken = 0;
  const hec = await startHec({
    isBad: () => {
      taken += 1;
      return false;
    },
    fault: () => (down ? { status: 503, body: '{"text":"Server is busy","code":9}' } : null),
  });
  try {
    const profile = profileSchema.parse({
      name: 'Alder',
      domains: ['alder.example.org'],
      claudePlan: 'team',
      m365: 'business_premium',
      timezone: 'UTC',
    });
    const client = await store.write('system', (tx) =>
      insertClient(tx, { name: 'Alder', profile, sandbox: false, now }),
    );
    await store.write([client.id], (tx) =>
      insertSink(
        tx,
        {
          id: 'bench',
          client_id: client.id,
          kind: 'splunk',
          name: 'Collector',
          place: hec.url,
          hosts: '[]',
          settings: JSON.stringify({ url: hec.url }),
          secrets_sealed: sealer.seal(JSON.stringify({ token: TOKEN }), sinkSecretsPlace(client.id, 'bench')),
          filter: JSON.stringify({ categories: null, activities: true, alerts: false, minSeverity: 'low' }),
          paused: false,
          created_at: now,
          created_by_name: 'bench',
          changed_at: now,
          changed_by_name: 'bench',
        },
        { activities: 0, alerts: 0, audit: 0, workspace_audit: 0 },
      ),
    );
    const add = async (from: number, to: number) => {
      for (let at = from; at < to; at += TOGETHER) {
        await services.activityLog.append(
          client.id,
          Array.from({ length: TOGETHER }, (_, n) =>
            anActivity({ id: `e${at + n}`, category: 'session', connector: null, tool: null, effect: null }),
          ),
        );
        // Advance ten minutes, so that the sink is retried.
        now = new Date(now.getTime() + 600_000);
        await services.forwarding.settle(client.id);
      }
    };
    await add(0, FIRST);
    const before = memory();
    await add(FIRST, EVENTS);
    line(
      `memory for ${(EVENTS - FIRST).toLocaleString('en')} more events that wait for a sink that is down`,
      Math.max(0, memory() - before),
      'MB',
      50,
    );
    down = false;
    now = new Date(now.getTime() + 600_000);
    const start = performance.now();
    await services.forwarding.settle(client.id);
    const seconds = (performance.now() - start) / 1000;
    if (taken < EVENTS) throw new Error(`The sink was sent ${taken} of ${EVENTS} events.`);
    line(`sending ${EVENTS.toLocaleString('en')} events that waited`, seconds, 's', EVENTS / 2_000);
    note(
      `${Math.round(EVENTS / seconds).toLocaleString('en')} events a second into a collector on this machine`,
    );
  } finally {
    await services.close();
    await hec.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Memory of the program itself in MB, without that of the database. */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
