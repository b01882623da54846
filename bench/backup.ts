import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { toolResolver } from '../src/domain/activity/tools.ts';
import { gatherMatches } from '../src/features/detections/sweep.ts';
import { createServices } from '../src/server/services.ts';
import { normalize } from '../src/sources/otlp/normalize.ts';
import { decodeProtobuf } from '../src/sources/otlp/protobuf.ts';
import { vocabularyOf } from '../src/sources/otlp/vocabulary.ts';
import { insertToken } from '../src/store/access/tokens.ts';
import { upkeep } from '../src/store/engine/upkeep.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import type { Line } from './console/console.ts';
import { percentile } from './console/load.ts';
import { type Seeded, seed } from './console/seed.ts';
import { type BenchServer, startBenchServer } from './console/server.ts';
import { claudeRequests, lasting } from './ingest/events.ts';

const EVENTS = 320_000;
const ROUND = 20_000;
const PER_REQUEST = 200;
const CLIENTS = 5;
/** Load during the backup. */
const PAGES_PER_SECOND = 20;
const TELEMETRY_PER_SECOND = 5;
const EVENTS_PER_REQUEST = 20;
/** Seconds of the same load before the backup, for comparison. */
const BEFORE_S = 10;
const ALLOWED_MS = 200;

interface Secrets {
  readonly backup: string;
  readonly ingest: string;
}

/** How long pages and telemetry wait while a backup of an embedded database with many events is written. */
export async function benchBackup(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-backup-'));
  let server: BenchServer | null = null;
  try {
    note(`filling a database with ${EVENTS.toLocaleString('en')} events`);
    const seeded = await seed(dataDir, 'http://127.0.0.1', CLIENTS);
    const secrets = await fill(dataDir, seeded.staff400);
    server = await startBenchServer(dataDir);
    const load = { server, seeded, secrets };
    // Warm-up: work after startup, and the first load of each page.
    await during(load, 0, wait(BEFORE_S * 500));
    const before = await during(load, 1, wait(BEFORE_S * 1000));
    const began = performance.now();
    const backup = makeBackup(server, secrets.backup);
    const beside = await during(load, 2, backup);
    const seconds = (performance.now() - began) / 1000;
    for (const [what, quiet, times] of [
      ['page', before.pages, beside.pages],
      ['request of telemetry', before.telemetry, beside.telemetry],
    ] as const) {
      line(
        `a ${what} while a backup of ${EVENTS.toLocaleString('en')} events is written, p99 of ${times.length}`,
        percentile(times, 0.99),
        'ms',
        ALLOWED_MS,
      );
      note(
        `median ${percentile(times, 0.5).toFixed(1)} ms, the longest ${Math.max(...times).toFixed(0)} ms; without a backup: p99 ${percentile(quiet, 0.99).toFixed(1)} ms`,
      );
    }
    note(`The backup took ${seconds.toFixed(1)} s for ${((await backup) / 1e6).toFixed(0)} MB.`);
  } finally {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Adds a client's events and two tokens. */
async function fill(dataDir: string, slug: string): Promise<Secrets> {
  const store = await openStore({ dataDir });
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    config: {
      origin: 'http://127.0.0.1',
      dataDir,
      privateHosts: [],
      resolvers: [],
      version: 'bench',
      build: 'bench',
    },
  });
  try {
    const { catalogue, activityLog } = services;
    const { id } = await store.read('system', (tx) =>
      tx.selectFrom('clients').select('id').where('slug', '=', slug).executeTakeFirstOrThrow(),
    );
    const client = {
      receivedAt: new Date(),
      organizations: null,
      resolve: toolResolver(catalogue, {}),
      content: null,
      vocabulary: vocabularyOf(catalogue),
    };
    const rounds = EVENTS / ROUND;
    const start = Date.now() - (rounds + 1) * lasting(ROUND);
    for (let round = 0; round < rounds; round += 1) {
      const startMs = start + round * lasting(ROUND);
      const run = String(round).padStart(4, '0');
      const events = claudeRequests(ROUND, PER_REQUEST, startMs, run).flatMap(
        (body) => normalize(decodeProtobuf('logs', body), client).activities,
      );
      for (let at = 0; at < events.length; at += 1_000)
        await activityLog.append(id, events.slice(at, at + 1_000));
    }
    await gatherMatches(services);
    await upkeep({ session: store.asOwner });
    return {
      backup: await newToken(store, 'backup', null),
      ingest: await newToken(store, 'ingest', id),
    };
  } finally {
    await services.close();
  }
}

async function newToken(store: Store, purpose: keyof Secrets, clientId: string | null): Promise<string> {
  const secret = `byl_${purpose}_${randomBytes(32).toString('base64url')}`;
  await store.write('system', async (tx) => {
    const owner = await tx.selectFrom('users').select('id').executeTakeFirstOrThrow();
    await insertToken(tx, {
      name: purpose,
      purpose,
      userId: clientId === null ? owner.id : null,
      createdBy: owner.id,
      clientId,
      secret,
      prefix: secret.slice(0, 10),
      expiresAt: null,
      now: new Date(),
    });
  });
  return secret;
}

/** Downloads a backup at full speed and returns its size in bytes. */
async function makeBackup({ origin }: BenchServer, token: string): Promise<number> {
  const answer = await fetch(`${origin}/api/v1/backup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok || answer.body === null)
    throw new Error(`the backup was answered with ${answer.status}: ${await answer.text()}`);
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const piece of answer.body) {
    digest.update(piece);
    bytes += piece.length;
  }
  return bytes;
}

interface Loaded {
  readonly server: BenchServer;
  readonly seeded: Seeded;
  readonly secrets: Secrets;
}

/** A request with events of a new session. */
function newEvents(session: number): Buffer {
  const run = session.toString(16).padStart(4, 'f');
  return Buffer.concat(claudeRequests(EVENTS_PER_REQUEST, EVENTS_PER_REQUEST, Date.now(), run));
}

/** Response times in milliseconds of each page and each telemetry request until `end`. */
async function during({ server, seeded, secrets }: Loaded, run: number, end: Promise<unknown>) {
  const client = seeded.staff400;
  const paths = ['home', 'controls', 'people', 'frame', 'activity', 'usage', 'alerts'];
  const pages = steadily(PAGES_PER_SECOND, end, (n) =>
    fetch(`${server.origin}/api/v1/clients/${client}/${paths[n % paths.length]}`, {
      headers: { cookie: seeded.cookie },
    }),
  );
  const telemetry = steadily(TELEMETRY_PER_SECOND, end, (n) =>
    fetch(`${server.origin}/v1/logs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secrets.ingest}`, 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(newEvents(run * 3_000 + n)),
    }),
  );
  await end;
  return { pages: await pages, telemetry: await telemetry };
}

/**
 * Sends requests at fixed times, regardless of earlier responses. Returns the milliseconds from each scheduled time to
 * the last byte.
 */
async function steadily(
  perSecond: number,
  end: Promise<unknown>,
  ask: (n: number) => Promise<Response>,
): Promise<number[]> {
  let ended = false;
  const stop = end.finally(() => (ended = true));
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let n = 0; !ended; n += 1) {
    const due = began + (n * 1000) / perSecond;
    await Promise.race([stop, wait(Math.max(0, due - performance.now()))]);
    if (ended) break;
    answers.push(
      ask(n).then(async (answer) => {
        const said = await answer.text();
        if (!answer.ok) throw new Error(`${answer.url} was answered with ${answer.status}: ${said}`);
        return performance.now() - due;
      }),
    );
  }
  return Promise.all(answers);
}
