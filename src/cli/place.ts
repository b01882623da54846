import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type ServerSettings } from '#features/server-settings.ts';
import { serverEngine } from '#store/engine/server.ts';
import { openStore, type Store } from '#store/open.ts';
import { Problem } from './problem.ts';
import type { Terminal } from './terminal.ts';

/** Location of a server's data, for commands that work on it without the server. */
export interface PlaceFlags {
  readonly data?: string;
  readonly databaseUrl?: string;
}

/** The same settings as the server reads, with command line options taking precedence over the environment. */
export function placeOf({ data, databaseUrl }: PlaceFlags): ServerSettings {
  return readSettings({
    ...process.env,
    ...(data === undefined ? {} : { BYLAW_DATA: data }),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
}

/** Whether a place has a database of Bylaw. Opening one that does not exist would create it. */
export async function isThere({ dataDir, databaseUrl }: ServerSettings): Promise<boolean> {
  if (databaseUrl === null) return existsSync(join(dataDir, 'database'));
  const engine = serverEngine(databaseUrl, { connections: 1 });
  try {
    const { rows } = await engine.session((session) =>
      session.query<{ found: boolean }>("select to_regclass('schema_migrations') is not null as found"),
    );
    return rows[0]?.found === true;
  } finally {
    await engine.close();
  }
}

/** Opens the database of a place, passes it to `work`, and closes it. Throws `in_use` while a server has it open. */
export async function onStore<T>(
  settings: ServerSettings,
  terminal: Terminal,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  if (!(await isThere(settings)))
    throw new Problem(
      settings.databaseUrl === null
        ? `There is no Bylaw database in ${settings.dataDir}. Name the server’s data directory with --data, or its PostgreSQL database with --database-url.`
        : 'That PostgreSQL database contains no Bylaw data. Name the database the server uses with --database-url or DATABASE_URL.',
    );
  const { dataDir, databaseUrl } = settings;
  const store = await openStore({ dataDir, databaseUrl, onProgress: (words) => terminal.progress(words) });
  try {
    return await work(store);
  } finally {
    terminal.progress('');
    await store.close();
  }
}
