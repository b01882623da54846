import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeOfRun } from './test-place.ts';

/**
 * `npm test`: every test, beside them the checks, then one line that a machine can read: `N passed, N failed`.
 * `npm run test:long`: kills, soaks, PostgreSQL for every suite and other cases for every property, with the same last
 * line. The cases are those of the commit, so that what failed can be repeated; `BYLAW_SEED=…` takes others.
 */
const long = process.argv.includes('--long');
const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a script of Node and gives its exit code; `collect` gets what it prints, which otherwise appears at once. */
function run(args: readonly string[], collect?: (output: string) => void): Promise<number> {
  const output = collect === undefined ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', output, output] });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => collect?.(part));
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

if (long) {
  process.env.BYLAW_TEST = 'long';
  process.env.BYLAW_SEED ??= String(seedOfCommit());
  console.log(`BYLAW_SEED=${process.env.BYLAW_SEED}`);
}
const folder = mkdtempSync(join(long ? tmpdir() : placeOfRun(), 'bylaw-test-'));
// PostgreSQL runs as another user, and has to get through to what is its own.
chmodSync(folder, 0o755);
process.env.TMPDIR = folder;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(1);
  });
const result = join(folder, 'result.json');
try {
  // What the checks print comes after the tests, so that the lines of both do not mix.
  let checked = '';
  const [check, vitest] = await Promise.all([
    long ? 0 : run([join(root, 'scripts/check.ts')], (output) => (checked += output)),
    run([
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${result}`,
    ]),
  ]);
  process.stdout.write(checked);
  const summary = read(result);
  for (const test of summary.skipped) console.log(`skipped: ${test}`);
  const failed = summary.failed + summary.brokenFiles + (check === 0 ? 0 : 1);
  if (check !== 0) console.log('npm run check failed; it counts as one failed test.');
  if (summary.brokenFiles > 0)
    console.log(`${summary.brokenFiles} test files could not be run; each counts as one failed test.`);
  console.log(`${summary.passed} passed, ${failed === 0 && vitest !== 0 ? 1 : failed} failed`);
  process.exitCode = failed === 0 && vitest === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function seedOfCommit(): number {
  const { stdout } = spawnSync('git', ['rev-parse', '--short=7', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return Number.parseInt(stdout.trim(), 16) || 1;
}

interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly brokenFiles: number;
  readonly skipped: readonly string[];
}

function read(path: string): Summary {
  try {
    const json = JSON.parse(readFileSync(path, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      testResults: { status: string; assertionResults: { status: string; fullName: string }[] }[];
    };
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      brokenFiles: json.testResults.filter(
        (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
      ).length,
      skipped: json.testResults.flatMap((file) =>
        file.assertionResults
          .filter((test) => test.status !== 'passed' && test.status !== 'failed')
          .map((test) => test.fullName),
      ),
    };
  } catch {
    return { passed: 0, failed: 1, brokenFiles: 0, skipped: [] };
  }
}
