import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolResolver } from '../src/domain/activity/tools.ts';
import { createServices } from '../src/server/services.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { normalise } from '../src/sources/otlp/normalise.ts';
import { decodeProtobuf } from '../src/sources/otlp/protobuf.ts';
import { vocabularyOf } from '../src/sources/otlp/vocabulary.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import type { Line } from './console/console.ts';
import { claudeRequests, lasting } from './ingest/events.ts';
import { addClient } from './ingest/ingest.ts';

const EVENTS = 20_000;
const PER_REQUEST = 5;

/** Bytes of the database that one event of telemetry costs, with all that is kept of it: its row, matches, indexes. */
export async function benchStorage(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-storage-'));
  const store = await openStore({ dataDir });
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
  try {
    await addClient(store);
    const catalogue = loadCatalogue();
    const client = {
      receivedAt: new Date(),
      organisations: null,
      resolve: toolResolver(catalogue, {}),
      content: null,
      vocabulary: vocabularyOf(catalogue),
    };
    const before = await tableBytes(store);
    const startMs = Date.now() - lasting(EVENTS);
    for (const body of claudeRequests(EVENTS, PER_REQUEST, startMs, '0000')) {
      const { activities } = normalise(decodeProtobuf('logs', body), client);
      await services.activityLog.append('bench', activities);
    }
    const after = await tableBytes(store);
    const grown = [...after]
      .map(([table, bytes]) => ({ table, bytes: (bytes - (before.get(table) ?? 0)) / EVENTS }))
      .filter(({ bytes }) => bytes >= 1)
      .sort((a, b) => b.bytes - a.bytes);
    const total = grown.reduce((sum, { bytes }) => sum + bytes, 0);
    line('disk for each event of telemetry with all that is kept of it', total, 'bytes', 1_200);
    note(grown.map(({ table, bytes }) => `${table} ${bytes.toFixed(0)}`).join(', '));
  } finally {
    await services.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Bytes of each table and index of the console; the parts of a divided table count as that table. */
async function tableBytes(store: Store): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  await store.asOwner(async (session) => {
    const { rows } = await session.query<{ name: string; bytes: number }>(
      `select regexp_replace(c.relname, '_(\\d{4}_?\\d{2}|default)', '') as name, sum(pg_relation_size(c.oid))::bigint as bytes
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'i', 't') and n.nspname in ('public', 'pg_toast') group by 1`,
    );
    for (const { name, bytes } of rows) sizes.set(name, bytes);
  });
  return sizes;
}
