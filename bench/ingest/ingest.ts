import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolResolver } from '../../src/domain/activity/tools.ts';
import { createApp } from '../../src/server/app.ts';
import { LEAN_ENVIRONMENT, LEAN_OPTIONS } from '../../src/server/lean.ts';
import { createServices } from '../../src/server/services.ts';
import { loadCatalogue } from '../../src/sources/catalogue/load.ts';
import { normalize } from '../../src/sources/otlp/normalize.ts';
import { decodeProtobuf } from '../../src/sources/otlp/protobuf.ts';
import { vocabularyOf } from '../../src/sources/otlp/vocabulary.ts';
import { insertToken } from '../../src/store/access/tokens.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { openSealer } from '../../src/store/seal.ts';
import type { Line } from '../console/console.ts';
import { bareInserts } from './bare.ts';
import { claudeRequests, lasting } from './events.ts';
import { startPostgres } from './postgres.ts';
import type { Sending } from './sender.ts';
import { hasSyslogNg, syslogNg } from './syslog.ts';

const EVENTS = 60_000;
const PER_REQUEST = 200;
/** Measured rounds, after a warm-up round: a real server runs for months. */
const ROUNDS = 3;
const SECRET = `byl_ingest_${'b'.repeat(43)}`;

export type EngineName = 'embedded' | 'server';

/** Messages of a measuring process. */
export type Reported =
  | { readonly is: 'line'; readonly line: Parameters<Line> }
  | { readonly is: 'note'; readonly text: string };

/**
 * Telemetry from the network to the disk with all processing, relative to bare inserts of the same rows on the same
 * database. The receiver runs in a process like that of `npm start`, the sender in another.
 */
export async function benchIngest(line: Line, note: (text: string) => void): Promise<void> {
  if (!hasSyslogNg()) note('syslog-ng is not installed here, so nothing is compared with it.');
  for (const engine of ['embedded', 'server'] as const) {
    const child = fork(fileURLToPath(new URL('process.ts', import.meta.url)), [engine], {
      execArgv: [...LEAN_OPTIONS],
      env: { ...LEAN_ENVIRONMENT, ...process.env },
    });
    child.on('message', (reported: Reported) =>
      reported.is === 'line' ? line(...reported.line) : note(reported.text),
    );
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`measuring on the ${engine} ended with ${code}`);
  }
}

export async function measureEngine(
  engine: EngineName,
  line: Line,
  note: (text: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-bench-ingest-'));
  const postgres = engine === 'server' ? await startPostgres() : null;
  try {
    const store = await openStore({ dataDir: folder, databaseUrl: postgres?.url ?? null });
    const name = engine === 'server' ? 'a PostgreSQL server' : 'the embedded database';
    await measure(name, store, folder, line, note);
  } finally {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: string,
  store: Store,
  dataDir: string,
  line: Line,
  note: (text: string) => void,
): Promise<void> {
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    config: {
      origin: 'http://127.0.0.1:7700',
      dataDir,
      privateHosts: [],
      resolvers: [],
      forwardFolders: [],
      version: '0',
      build: 'bench',
    },
  });
  const app = await createApp({ services, webFolder: null });
  const sender = fork(fileURLToPath(new URL('sender.ts', import.meta.url)));
  try {
    await addClient(store);
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    // Each round continues where the previous one ended, and the last one ends now.
    const step = 2 * lasting(EVENTS);
    const start = Date.now() - (ROUNDS + 2) * step;
    const client = {
      receivedAt: new Date(),
      organizations: null,
      resolve: toolResolver(loadCatalogue(), {}),
      content: null,
      vocabulary: vocabularyOf(loadCatalogue()),
    };
    const ratios: { ratio: number; ours: number; bare: number; other: number | null }[] = [];
    const compared = hasSyslogNg();
    for (let round = 0; round <= ROUNDS; round += 1) {
      const startMs = start + round * step;
      const run = String(round).padStart(4, '0');
      const rows = claudeRequests(EVENTS, PER_REQUEST, startMs, run).flatMap(
        (body) => normalize(decodeProtobuf('logs', body), client).activities,
      );
      const bare = await bareInserts(store, rows);
      const other = compared ? await syslogNg(join(dataDir, `syslog-ng-${round}`), rows) : null;
      const ours = await send(sender, {
        url: `${address}/v1/logs`,
        secret: SECRET,
        events: EVENTS,
        perRequest: PER_REQUEST,
        startMs,
        run,
      });
      if (round > 0) ratios.push({ ratio: ours / bare, ours, bare, other });
    }
    const middle = ratios.toSorted((a, b) => b.ratio - a.ratio)[Math.floor(ratios.length / 2)];
    if (middle === undefined) throw new Error('nothing was measured');
    line(
      `bare inserts of the same rows against telemetry to the disk, counted and looked at, on ${name}`,
      middle.bare / middle.ours,
      'times',
      2,
    );
    if (middle.other !== null) {
      line(
        `syslog-ng parsing and writing the same records as JSON against telemetry to the disk, on ${name}`,
        middle.other / middle.ours,
        'times',
        1,
      );
      note(`syslog-ng: ${Math.round(middle.other).toLocaleString('en')} records a second`);
    }
    note(
      `${Math.round(middle.ours).toLocaleString('en')} events a second against ${Math.round(middle.bare).toLocaleString('en')} rows a second: ${middle.ratio.toFixed(2)} of them, the middle of ${ROUNDS} rounds (${ratios.map(({ ratio }) => ratio.toFixed(2)).join(', ')})`,
    );
  } finally {
    sender.disconnect();
    await app.close();
    await services.close();
  }
}

async function addClient(store: Store): Promise<void> {
  await store.write('system', async (tx) => {
    await tx
      .insertInto('clients')
      .values({
        id: 'bench',
        slug: 'bench',
        name: 'Bench',
        profile: JSON.stringify({ name: 'Bench', domains: ['example.org'], claudePlan: 'team' }),
        settings: '{}',
        created_at: new Date(),
      })
      .execute();
    await insertToken(tx, {
      name: 'Bench',
      purpose: 'ingest',
      userId: null,
      createdBy: 'bench',
      clientId: 'bench',
      secret: SECRET,
      prefix: 'byl_ingest_bbbbbb',
      expiresAt: null,
      now: new Date(),
    });
  });
}

/** Makes the sender send, and returns events per second. */
async function send(sender: ChildProcess, sending: Sending): Promise<number> {
  const answer = Promise.race([
    once(sender, 'message').then(([said]: { rate?: number; problem?: string }[]) => said),
    once(sender, 'exit').then(() => ({ problem: 'the sender ended' })),
  ]);
  sender.send(sending);
  const said: { rate?: number; problem?: string } | undefined = await answer;
  if (said?.rate === undefined) throw new Error(said?.problem ?? 'the sender said nothing');
  return said.rate;
}
