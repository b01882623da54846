import { createReadStream, readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { writeLargeFolder } from '../large-folder.ts';
import { once, percentile } from './load.ts';
import type { Seeded } from './seed.ts';
import type { BenchServer } from './server.ts';

/** Milliseconds between two page requests during the import. */
const REQUEST_INTERVAL_MS = 20;

export interface LargeImport {
  readonly seconds: number;
  /** Number of page requests for another client during the import. */
  readonly looks: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Step of the import at which the slowest request was due. */
  readonly longestDuring: string;
}

/**
 * Imports 3,000 staff and 200,000 rows of audit log over HTTP, from upload until stored and evaluated, while requesting
 * another client's pages every 20 ms.
 */
export async function measureLargeImport(
  server: BenchServer,
  seeded: Seeded,
  folder: string,
): Promise<LargeImport> {
  writeLargeFolder(folder);
  const client = await post(server, seeded, '/clients', {
    name: 'Large Association',
    domains: ['large.example.org'],
    claudePlan: 'enterprise',
    claudeSeats: 3000,
    m365: 'e5',
    timezone: 'America/Chicago',
  });
  const base = `/clients/${text(client, 'client')}/imports`;
  const state = { step: 'upload', over: false };
  const looking = look(server, seeded, state);
  const began = performance.now();
  const id = text(await post(server, seeded, base, {}), 'id');
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.csv')))
    await upload(server, seeded, `${base}/${id}/files?name=${name}`, join(folder, name));
  state.step = 'reading and preview';
  await post(server, seeded, `${base}/${id}/read`, { wait: true });
  const preview = await get(server, seeded, `${base}/${id}/preview`);
  state.step = 'storing and deciding';
  const stored = await post(server, seeded, `${base}/${id}/store`, { facts: preview.facts });
  const seconds = (performance.now() - began) / 1000;
  state.over = true;
  const looks = await looking;
  if (stored.stored !== true) throw new Error(`The large import was not stored: ${JSON.stringify(stored)}`);
  const times = looks.map(({ ms }) => ms);
  const max = Math.max(...times);
  return {
    seconds,
    looks: looks.length,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max,
    longestDuring: looks.find(({ ms }) => ms === max)?.step ?? '',
  };
}

interface Look {
  readonly ms: number;
  readonly step: string;
}

async function look(
  server: BenchServer,
  seeded: Seeded,
  state: { readonly step: string; readonly over: boolean },
): Promise<readonly Look[]> {
  const client = `/api/v1/clients/${seeded.staff400}`;
  // Alternates between a cached response and one that queries the database.
  const paths = [`${client}/controls`, `${client}/audit?limit=20`];
  const looks: Promise<Look>[] = [];
  while (!state.over) {
    const { step } = state;
    const path = paths[looks.length % paths.length] ?? '';
    looks.push(once(server.origin, seeded.cookie, path).then(({ ms }) => ({ ms, step })));
    await wait(REQUEST_INTERVAL_MS);
  }
  return Promise.all(looks);
}

type Json = Readonly<Record<string, unknown>>;

async function post(server: BenchServer, seeded: Seeded, path: string, body: object): Promise<Json> {
  return answer(
    await fetch(`${server.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie: seeded.cookie, origin: server.origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

async function get(server: BenchServer, seeded: Seeded, path: string): Promise<Json> {
  return answer(await fetch(`${server.origin}/api/v1${path}`, { headers: { cookie: seeded.cookie } }));
}

async function answer(response: Response): Promise<Json> {
  const value: unknown = await response.json();
  if (!response.ok || typeof value !== 'object' || value === null)
    throw new Error(`${response.url} was answered with ${response.status}: ${JSON.stringify(value)}`);
  return { ...value };
}

function upload(server: BenchServer, seeded: Seeded, path: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.origin}/api/v1${path}`,
      {
        method: 'PUT',
        headers: {
          cookie: seeded.cookie,
          origin: server.origin,
          'content-type': 'application/octet-stream',
          'content-length': statSync(file).size,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`${path} was answered with ${response.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    createReadStream(file).pipe(sent);
  });
}

function text(value: Json, field: string): string {
  return String(value[field]);
}
