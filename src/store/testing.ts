import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { describe, inject } from 'vitest';
import { embeddedEngine } from './engine/embedded.ts';
import { serverEngine } from './engine/server.ts';
import { checksumOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { type Store, storeOn } from './open.ts';
import type {} from './testing-server.ts';

/** Where a test finds the database that it runs on; given to a child process, it opens the same one. */
export interface TestEngine {
  readonly kind: 'embedded' | 'server';
  /** A store of its own with all migrations, empty. Close it, or let the end of the process do so. */
  open(): Promise<Store>;
  /** What `openStore` takes to open a new, empty database that outlives a process. */
  place(): Promise<{ dataDir: string; databaseUrl: string | null }>;
}

/** Runs a suite once on the embedded database and once on a PostgreSQL server. */
export function eachEngine(name: string, suite: (engine: TestEngine) => void): void {
  for (const engine of [embedded, server]) {
    describe(`${name}, on ${engine.kind === 'embedded' ? 'the embedded database' : 'a PostgreSQL server'}`, () =>
      suite(engine));
  }
}

/** An empty store on an embedded database in memory: the quickest there is. */
export async function openTestStore(): Promise<Store> {
  return storeOn(await embeddedEngine({ directory: null, from: await template() }));
}

const embedded: TestEngine = {
  kind: 'embedded',
  open: openTestStore,
  place: async () => ({ dataDir: await newDirectory(), databaseUrl: null }),
};

const server: TestEngine = {
  kind: 'server',
  open: async () => storeOn(serverEngine(await newDatabase())),
  place: async () => ({ dataDir: await newDirectory(), databaseUrl: await newDatabase() }),
};

async function newDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'bylaw-data-'));
}

/** An empty database on the server that the test run shares, which starts when the first suite asks for it. */
export async function newDatabase(): Promise<string> {
  const answer = await fetch(inject('postgres'));
  if (!answer.ok) throw new Error(`The PostgreSQL server of the tests did not start: ${await answer.text()}`);
  const url = new URL(await answer.text());
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

let loaded: Promise<Blob> | null = null;

/** A migrated database as a file, made once per set of migrations: starting from it is ten times as quick. */
function template(): Promise<Blob> {
  loaded ??= loadTemplate();
  return loaded;
}

async function loadTemplate(): Promise<Blob> {
  const folder = resolve(import.meta.dirname, '../../node_modules/.cache/bylaw');
  const version = MIGRATIONS.map(checksumOf).join('').slice(0, 200);
  const file = join(folder, `database-${await digest(version)}.tar`);
  if (!existsSync(file)) await writeTemplate(folder, file);
  return new Blob([await readFile(file)]);
}

async function writeTemplate(folder: string, file: string): Promise<void> {
  const directory = await newDirectory();
  const store = await storeOn(await embeddedEngine({ directory: join(directory, 'database') }));
  await store.close();
  const database = await PGlite.create(join(directory, 'database'));
  const dump = await database.dumpDataDir('none');
  await database.close();
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, randomUUID());
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  await rm(directory, { recursive: true });
}

async function digest(text: string): Promise<string> {
  const { version } = JSON.parse(
    await readFile(
      resolve(import.meta.dirname, '../../node_modules/@electric-sql/pglite/package.json'),
      'utf8',
    ),
  );
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${version} ${text}`));
  return Buffer.from(hash).toString('hex').slice(0, 16);
}
