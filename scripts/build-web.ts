import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Route } from '@orpc/contract';
import type { OperationMeta } from '../src/features/operation.ts';
import { consoleIsCurrent } from './console-sources.ts';

/**
 * `npm run build:web`: builds the console into web/dist. With `--if-needed` only where it is missing or older than what
 * it is made of; with `--contract` it prints what the console's client has to know of the operations, and builds nothing.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
/** Bytes below which compressing gains nothing. */
const SMALL = 1024;

/** Leaves each asset beside itself as compressed as it gets, which would take too long at every answer. */
function compress(): void {
  for (const path of globSync(`${root}web/dist/assets/*.{js,css}`)) {
    const bytes = readFileSync(path);
    if (bytes.byteLength < SMALL) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Leaves out what only the server, the reference and the command line need of an operation. */
function onlyWhereToCall(key: string, value: unknown): unknown {
  if (key === '~orpc' && typeof value === 'object' && value !== null && 'route' in value)
    return { ...value, meta: { list: listIn(value) }, route: whereToCall(value.route as Route) };
  return value;
}
/** What of a route the client reads. That inputs are compact goes without saying: the client takes them so. */
function whereToCall({ method, path, inputStructure, outputStructure }: Route): object {
  return { method, path, outputStructure, ...(inputStructure === 'compact' ? {} : { inputStructure }) };
}
/** Name of the list that an operation answers with in pages. */
function listIn(operation: object): string | undefined {
  const list = 'meta' in operation ? (operation.meta as OperationMeta).list : undefined;
  return list === undefined || list.endless ? undefined : (list.in ?? 'items');
}

/** Holds the process id of who builds into web/dist: two builds at once would delete each other's files. */
const LOCK = `${root}node_modules/.cache/bylaw/build-web.lock`;
/** Milliseconds between two looks at whether another build has ended. */
const LOOK_MS = 200;

/** Does something while nobody else builds. */
async function alone(act: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(LOCK), { recursive: true });
  while (!locked()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
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
    // A build that was killed left it behind.
    if (!isRunning(lockedBy())) rmSync(LOCK, { force: true });
    return false;
  }
}

/** Process id; 0 while it is being written, or where the lock was just given back. */
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
/** Nothing is to be built; who waited for another build finds it made. */
const isMade = () => asked.has('--if-needed') && consoleIsCurrent();
// Each act loads what it needs: looking whether anything is to be built comes before every start.
if (asked.has('--contract')) {
  const { minifyContractRouter } = await import('@orpc/contract');
  const { contract } = await import('../src/app/contract.ts');
  process.stdout.write(JSON.stringify(minifyContractRouter(contract), onlyWhereToCall));
} else if (isMade()) console.log('The console is built and up to date.');
else
  await alone(async () => {
    if (!isMade()) await make();
  });
