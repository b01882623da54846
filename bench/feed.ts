import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { ACCESS_KEY } from '../sandbox/anthropic/simulator.ts';
import { insertClient, profileFrom } from '../src/features/clients/create.ts';
import { runStream } from '../src/features/sources/run-stream.ts';
import { createServices } from '../src/server/services.ts';
import { openStore } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import { insertConnection, sourceKeyPlace } from '../src/store/sources/connections.ts';
import { setStreams } from '../src/store/sources/streams.ts';

const COUNT = 1_000_000;
const ALLOWED_SECONDS = 90;

/** Catching up with a feed of 1,000,000 activities from the simulator in a separate process. */
export async function benchFeed(
  line: (what: string, figure: number, unit: string, allowed: number) => void,
  note: (text: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-feed-'));
  const simulator = spawn(
    process.execPath,
    [fileURLToPath(new URL('../sandbox/anthropic/main.ts', import.meta.url)), '0', String(COUNT)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const url = await firstLine(simulator);
    const store = await openStore({ dataDir: folder });
    const services = await createServices({
      store,
      sealer: await openSealer({ keyFile: join(folder, 'secret.key') }),
      config: {
        origin: 'http://127.0.0.1:7700',
        dataDir: folder,
        privateHosts: ['127.0.0.1'],
        resolvers: [],
        forwardFolders: [],
        vendorUrls: { anthropic: url },
        version: 'bench',
        build: 'bench',
      },
    });
    try {
      const now = new Date();
      const profile = profileFrom({ name: 'Feed', domains: ['alder.example.org'], claudePlan: 'enterprise' });
      const { id: client } = await store.write('system', (tx) =>
        insertClient(tx, { name: 'Feed', profile, sandbox: false, now }),
      );
      await store.write([client], async (tx) => {
        await insertConnection(tx, {
          client_id: client,
          id: 'feed',
          vendor: 'anthropic',
          key_kind: 'access',
          key_sealed: services.sealer.seal(ACCESS_KEY, sourceKeyPlace(client, 'feed')),
          key_hint: 'bench',
          scopes: '[]',
          tenants: '[]',
          parent: 'feed',
          state: 'connected',
          recording: 'on',
          tested_at: now,
          connected_by_name: 'Bench',
          connected_at: now,
        });
        await setStreams(tx, client, 'feed', ['feed'], now);
      });
      const begun = performance.now();
      const { end, added, problem } = await runStream(services, {
        client_id: client,
        source_connection_id: 'feed',
        stream: 'feed',
      });
      const seconds = (performance.now() - begun) / 1000;
      if (end !== 'ok' || added !== COUNT)
        throw new Error(`${added} activities, ${end}: ${problem?.message ?? 'no problem'}`);
      line(
        `catching up with ${COUNT.toLocaleString('en')} activities of a feed, logged and rolled up`,
        seconds,
        's',
        ALLOWED_SECONDS,
      );
      note(`${Math.round(COUNT / seconds).toLocaleString('en')} activities a second, on ${store.engine}`);
    } finally {
      await services.close();
    }
  } finally {
    simulator.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function firstLine({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout?.on('data', (data: Buffer) => {
      text += data.toString();
      const [first, more] = text.split('\n');
      if (more !== undefined && first !== undefined) resolve(first);
    });
    stdout?.on('end', () => reject(new Error('The simulator ended before it listened.')));
  });
}
