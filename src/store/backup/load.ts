import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Engine, Session } from '../engine/engine.ts';
import { StoreProblem, StoreUnavailable } from '../engine/problems.ts';
import { appliedMigrations, applyMigration, createMigrationTable, type Migration } from '../migrate.ts';
import { readArchive } from './archive.ts';
import { type AccessEnded, endAccess } from './end-access.ts';
import type { Manifest } from './manifest.ts';
import {
  dumpTable,
  EXACT_TEXT,
  loadRows,
  quoted,
  setSequence,
  shapeOf,
  type TableShape,
  tablesOf,
  withoutTies,
} from './tables.ts';

/**
 * Creates the tables, loads all rows, reads every table back to compare it with the manifest, and revokes all
 * credentials, in one transaction. `beforeCommit` runs once everything is verified, before the commit.
 */
export async function loadDatabase(
  engine: Engine,
  file: string,
  manifest: Manifest,
  migrations: readonly Migration[],
  beforeCommit: () => Promise<void>,
): Promise<AccessEnded> {
  return engine.session(async (session) => {
    let ended: AccessEnded;
    await session.script('begin');
    try {
      await createMigrationTable(session);
      // An embedded database may have been created from an image with all migrations.
      const applied = new Set((await appliedMigrations(session)).map(({ name }) => name));
      for (const migration of migrations)
        if (!applied.has(migration.name)) await applyMigration(session, migration);
      await session.script(EXACT_TEXT);
      const shapes = await tablesOf(session);
      const tables = manifest.tables.map((table) => shapeOf(shapes, table));
      if (shapes.length > 0) {
        await session.query(`truncate ${shapes.map((shape) => quoted(shape.name)).join(', ')}`);
      }
      await withoutTies(session, shapes, () => loadTables(engine, session, file, tables));
      for (const sequence of manifest.sequences) await setSequence(session, sequence);
      await compare(session, manifest, tables);
      ended = await endAccess(session);
      await beforeCommit();
    } catch (error) {
      await session.script('rollback').catch(() => {});
      throw error;
    }
    await session.script('commit').catch((error: unknown) => {
      throw error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error) : error;
    });
    return ended;
  });
}

const PAGE_ROWS = 200;
const PAGE_CHARACTERS = 4 * 1024 * 1024;

async function loadTables(
  engine: Engine,
  session: Session,
  file: string,
  tables: readonly TableShape[],
): Promise<void> {
  for await (const { name, content } of readArchive(file)) {
    const table = tables.find((candidate) => name === `tables/${candidate.name}.jsonl.gz`);
    if (table === undefined) continue;
    let page: string[] = [];
    let characters = 0;
    const flush = async (): Promise<void> => {
      await engine.roomToWrite();
      await loadRows(session, table, page);
      page = [];
      characters = 0;
    };
    for await (const line of linesOf(content)) {
      page.push(line);
      characters += line.length;
      if (page.length >= PAGE_ROWS || characters >= PAGE_CHARACTERS) await flush();
    }
    await flush();
  }
}

/**
 * The lines of a compressed file. Only a line feed ends one: the separators of Unicode, which Node's own reader of
 * lines also takes for an end, stand unescaped in JSON.
 */
async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const gunzip = createGunzip();
  // The loop below ends with the same error.
  const feeding = pipeline(Readable.from(content), gunzip).catch(() => {});
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of gunzip) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  await feeding;
}

async function compare(session: Session, manifest: Manifest, tables: readonly TableShape[]): Promise<void> {
  for (const table of tables) {
    const wanted = manifest.tables.find((candidate) => candidate.name === table.name);
    const sorted = wanted?.sum === undefined;
    const found = await dumpTable(session, table, undefined, { sorted });
    const same = sorted ? wanted?.sha256 === found.sha256 : wanted.sum === found.sum;
    if (wanted?.rows !== found.rows || !same) {
      throw new StoreProblem(
        'damaged',
        `The rows of ${table.name} did not come back as they were saved, so nothing was restored. Use another copy of the backup.`,
      );
    }
  }
}
