import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from '../src/domain/activity/activity.ts';
import { toolResolver } from '../src/domain/activity/tools.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import { insertClient } from '../src/features/clients/create.ts';
import { gatherMatches } from '../src/features/detections/sweep.ts';
import { createServices } from '../src/server/services.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { normalize } from '../src/sources/otlp/normalize.ts';
import { decodeProtobuf } from '../src/sources/otlp/protobuf.ts';
import { vocabularyOf } from '../src/sources/otlp/vocabulary.ts';
import { upkeep } from '../src/store/engine/upkeep.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';
import type { Line } from './console/console.ts';
import { claudeRequests } from './ingest/events.ts';

const HOURS = 8;
/** Like exporters: a few events of one session every few seconds. */
const PER_REQUEST = 5;
const HOUR = 3_600_000;

/** Database size per telemetry event in bytes, including its row, matches and indexes. */
export async function benchStorage(line: Line, note: (text: string) => void): Promise<void> {
  await measure('of a usual mix', 16_000, 1, () => true, line, note);
  const isCall = ({ category, connector }: Activity) => category === 'tool_call' && connector !== null;
  await measure('of nothing but calls of connectors', 4_000, 10, isCall, line, note);
}

async function measure(
  what: string,
  events: number,
  oneOf: number,
  wanted: (activity: Activity) => boolean,
  line: Line,
  note: (text: string) => void,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-storage-'));
  const store = await openStore({ dataDir });
  const begin = Math.floor(Date.now() / HOUR) * HOUR - HOURS * HOUR;
  let now = begin;
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    clock: () => new Date(now),
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
    const profile = profileSchema.parse({ name: 'Bench', domains: ['example.org'], claudePlan: 'team' });
    const { id } = await store.write('system', (tx) =>
      insertClient(tx, { name: 'Bench', profile, sandbox: false, now: new Date(now) }),
    );
    const catalogue = loadCatalogue();
    const client = {
      receivedAt: new Date(),
      organizations: null,
      resolve: toolResolver(catalogue, {}),
      content: null,
      vocabulary: vocabularyOf(catalogue),
    };
    const before = await tableBytes(store);
    let count = 0;
    for (let hour = 0; hour < HOURS; hour += 1) {
      now = begin + hour * HOUR;
      const requests = claudeRequests(
        (events / HOURS) * oneOf,
        PER_REQUEST,
        now,
        String(hour).padStart(4, '0'),
      );
      for (const body of requests) {
        const { activities } = normalize(decodeProtobuf('logs', body), client);
        const some = activities.filter(wanted);
        await services.activityLog.append(id, some);
        count += some.length;
      }
      // A server does this by itself.
      now += HOUR;
      await gatherMatches(services);
      await upkeep({ session: store.asOwner });
    }
    const after = await tableBytes(store);
    const grown = [...after]
      .map(([table, bytes]) => ({ table, bytes: (bytes - (before.get(table) ?? 0)) / count }))
      .filter(({ bytes }) => bytes >= 1)
      .sort((a, b) => b.bytes - a.bytes);
    const total = grown.reduce((sum, { bytes }) => sum + bytes, 0);
    line(`disk for each event ${what}, with all that is kept of it`, total, 'bytes', 1_200);
    note(grown.map(({ table, bytes }) => `${table} ${bytes.toFixed(0)}`).join(', '));
  } finally {
    await services.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Size of each of the console's tables and indexes, in bytes; partitions count toward their table. */
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
