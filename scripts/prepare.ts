import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LEAN_ENVIRONMENT } from '../src/server/lean.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { makeMigrated } from '../src/store/make-migrated.ts';

/**
 * Runs after `npm ci`: builds the console, prepares an empty database, and reads catalogue and sources once, so that
 * the first start is fast. All of it is optional: what fails here is done, or reported, by the first start.
 */
const steps = {
  'The console': async () => void (await import('./build-web.ts')),
  'The empty database': makeMigrated,
  'What the catalogue says': async () => void loadCatalogue(),
  'The sources of the server': readSources,
};

/** In a process that keeps what it reads, as a server's does. */
async function readSources(): Promise<void> {
  const { status, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('./read-sources.ts', import.meta.url))],
    { env: { ...process.env, ...LEAN_ENVIRONMENT }, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
}

for (const [name, make] of Object.entries(steps)) {
  try {
    await make();
  } catch (error) {
    console.error(
      `${name} could not be made now; the first start makes it. ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
process.exitCode = 0;
