import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm test`: the checks, then every test, then one line that a machine can read: `N passed, N failed`.
 * `npm run test:long`: kills, soaks, PostgreSQL for every suite and other cases for every property, with the same last
 * line. The cases are those of the commit, so that what failed can be repeated; `BYLAW_SEED=…` takes others.
 */
const long = process.argv.includes('--long');
const root = fileURLToPath(new URL('..', import.meta.url));
const run = (args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

if (long) {
  process.env.BYLAW_TEST = 'long';
  process.env.BYLAW_SEED ??= String(seedOfCommit());
  console.log(`BYLAW_SEED=${process.env.BYLAW_SEED}`);
}
const folder = mkdtempSync(join(tmpdir(), 'bylaw-test-'));
const result = join(folder, 'result.json');
try {
  const check = long ? 0 : run([join(root, 'scripts/check.ts')]);
  const vitest = run([
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${result}`,
  ]);
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
