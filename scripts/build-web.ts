import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Route } from '@orpc/contract';
import type { OperationMeta } from '../src/features/operation.ts';
import { consoleIsCurrent } from './console-sources.ts';

/**
 * `npm run build:web`: builds the console into web/dist. With `--if-needed` only if it is missing or older than its
 * sources; with `--contract` it only prints what the console's client has to know about the operations.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
/** Minimum size in bytes for compression. */
const SMALL = 1024;

/** Precompresses each asset at the highest level, which would be too slow to do per response. */
function compress(): void {
  for (const path of globSync(`${root}web/dist/assets/*.{js,css}`)) {
    const bytes = readFileSync(path);
    if (bytes.byteLength < SMALL) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Removes what only the server, the reference and the command line need from an operation. */
function onlyWhereToCall(key: string, value: unknown): unknown {
  if (key === '~orpc' && typeof value === 'object' && value !== null && 'route' in value)
    return { ...value, meta: { list: listIn(value) }, route: whereToCall(value.route as Route) };
  return value;
}
/** The parts of a route that the client reads. Inputs are always compact, which the client assumes. */
function whereToCall({ method, path, inputStructure, outputStructure }: Route): object {
  return { method, path, outputStructure, ...(inputStructure === 'compact' ? {} : { inputStructure }) };
}
/** Name of the list in the answer of a paged operation. */
function listIn(operation: object): string | undefined {
  const list = 'meta' in operation ? (operation.meta as OperationMeta).list : undefined;
  return list === undefined || list.endless ? undefined : (list.in ?? 'items');
}

/**
 * Lock file with the process id that is building into web/dist: two concurrent builds would delete each other's files.
 */
const LOCK = `${root}node_modules/.cache/bylaw/build-web.lock`;
/** Milliseconds between two checks whether another build has ended. */
const LOCK_POLL_MS = 200;

/** Runs work while holding the lock. */
async function alone(act: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(LOCK), { recursive: true });
  while (!locked()) await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  try {
    await act();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function locked(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    // Left behind by a build that was killed.
    if (!isRunning(lockedBy())) rmSync(LOCK, { force: true });
    return false;
  }
}

/** Process id; 0 while it is being written, or if the lock was just released. */
function lockedBy(): number {
  try {
    return Number(readFileSync(LOCK, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 0;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (pid === 0) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function make(): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: `${root}web/vite.config.ts`, logLevel: 'warn' });
  compress();
  console.log('The console is built in web/dist.');
}

const asked = new Set(process.argv.slice(2));
/** Nothing to do; another build may have finished while this one waited for the lock. */
const isMade = () => asked.has('--if-needed') && consoleIsCurrent();
// Imports are lazy, because every start of the server checks whether a build is needed.
if (asked.has('--contract')) {
  const { minifyContractRouter } = await import('@orpc/contract');
  const { contract } = await import('../src/app/contract.ts');
  process.stdout.write(JSON.stringify(minifyContractRouter(contract), onlyWhereToCall));
} else if (isMade()) console.log('The console is built and up to date.');
else
  await alone(async () => {
    if (!isMade()) await make();
  });
