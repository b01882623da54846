import { spawnSync } from 'node:child_process';
import { LEAN_ENVIRONMENT, LEAN_OPTIONS } from '../src/server/lean.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { makeMigrated } from '../src/store/make-migrated.ts';

/**
 * Runs after `npm ci`: builds the console, makes an empty database and has catalogue and sources read once, so that the first
 * start is quick. None of it is needed for installing: what does not work out here is done, or said, by the first start.
 */
const steps = {
  'The console': async () => void (await import('./build-web.ts')),
  'The empty database': makeMigrated,
  'What the catalogue says': async () => void loadCatalogue(),
  'What the server starts with': readSources,
};

/** Loads all that the server is made of, with its own options: what is kept of it counts only with the same ones. */
async function readSources(): Promise<void> {
  const run = new URL('../src/server/run.ts', import.meta.url);
  const { status, stderr } = spawnSync(
    process.execPath,
    [...LEAN_OPTIONS, '--input-type=module', '--eval', `await import(${JSON.stringify(run.href)})`],
    { env: { ...process.env, ...LEAN_ENVIRONMENT }, encoding: 'utf8' },
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
