import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Programs that tests start, some to kill them, find what Node made of the sources the last time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/bylaw/code', import.meta.url));

const ALL = [
  'src/**/*.test.ts',
  'scripts/**/*.test.ts',
  'bench/**/*.test.ts',
  'sandbox/**/*.test.ts',
  'tests/**/*.test.ts',
  'web/src/**/*.test.{ts,tsx}',
];
/** Kills, soaks, what fills a disk and attacks on all expressions. */
const LONG_ONLY = 'tests/long/**/*.test.ts';
const long = process.env.BYLAW_TEST === 'long';
/**
 * `npm run test:long` also takes what it runs otherwise than `npm test`: on the other database, with other cases, more
 * often, every page in all looks, with the warnings of React. Journeys it leaves out: each page of theirs is among those.
 */
const differs = (file: string) =>
  !file.startsWith('tests/journeys/') &&
  /\banyEngine\(|'fast-check'|\bwalk\(page|\bcomplaints\(|\binLooks\(|BYLAW_TEST === 'long'/.test(
    readFileSync(file, 'utf8'),
  );

/** What takes minutes begins first, so that no core is left alone with it at the end. */
const LONG = [
  '/every-',
  '/everything-is-guarded',
  '/personal-accounts',
  '/html/browser',
  '/bench/truth/',
  '/src/store/backup/',
  '/tests/operations/',
  '/tests/cli.',
  '/tests/surfaces/',
  '/tests/long/',
  '/tests/journeys/',
  '/tests/pages/',
  '/tests/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((part) => moduleId.includes(part));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    globalSetup: ['src/store/testing-server.ts', 'tests/support/console-build.ts'],
    include: long ? [LONG_ONLY, ...globSync('{src,tests}/**/*.test.ts').filter(differs)] : ALL,
    exclude: ['**/node_modules/**', ...(long ? [] : [LONG_ONLY])],
    setupFiles: ['tests/support/seed.ts'],
    // No test changes what modules hold, so a worker loads each once; that was a fifth of the time of a run.
    isolate: false,
    // Node runs the tests as it runs the server, and keeps what it compiled from one run to the next: vite's runner
    // would rewrite each file and send each use of an import through it, which took up to a third of a file's time.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Cores are busy with tests: several threads that collect garbage together wait for each other more than they help.
    // A worker lives as long as the run and soon holds 200 MB, mostly a database: V8 would look through all of it from the
    // first files on, and whenever a test waits. Its threads begin with a small heap all the same (support/worker.ts).
    execArgv: ['--single-threaded-gc', '--initial-heap-size=768', '--no-memory-reducer'],
    // One more than there are cores: tests wait for browsers, for disks and for the moment of a kill.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // Everything takes as long as the machine is busy: limits end what hangs, and no test has a shorter one of its own.
    expect: { poll: { timeout: 120_000 } },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
