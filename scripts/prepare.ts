import { makeBlank } from '../src/store/engine/blank.ts';

/**
 * Runs after `npm ci`: builds the console and makes the blank database, so that the first start is quick. Neither is
 * needed for installing: what does not work out here is done, or said, by the first start.
 */
const steps = {
  'The console': async () => void (await import('./build-web.ts')),
  'The blank database': makeBlank,
};
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
