import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMemoryTight } from '#features/memory.ts';

/**
 * How the server's process keeps small. Young objects get little room, since requests are short, and are looked through
 * by one thread, for the other cores have the database to run. Of the embedded database, which is WebAssembly, only what
 * is in use much is compiled a second time for speed: all of it at the start would take hundreds of megabytes.
 */
export const LEAN_OPTIONS: readonly string[] = [
  '--max-semi-space-size=16',
  '--wasm-tiering-budget=13000000',
  '--no-parallel-scavenge',
];

/**
 * Added where memory is tight: less room for young objects in each thread, garbage looked for sooner, and WebAssembly
 * compiled by one thread at a time. It costs time.
 */
export const TIGHT_OPTIONS: readonly string[] = [
  '--max-semi-space-size=2',
  '--heap-growing-percent=20',
  '--wasm-num-compilation-tasks=1',
];

/**
 * What Node makes of the sources is kept from one start to the next. The rest is for the C library of Linux: one pool
 * of memory for all threads, and what is freed goes back to the system.
 */
export const LEAN_ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/bylaw/code', import.meta.url)),
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '32768',
  MALLOC_MMAP_THRESHOLD_: '32768',
};

/**
 * Begins this program again in the same process, with the options above, which count only from a process's beginning.
 * Returns where that was done already, and where the system cannot do it: then the server just takes more memory.
 */
export function beginLean(): void {
  const options = isMemoryTight() ? [...LEAN_OPTIONS, ...TIGHT_OPTIONS] : LEAN_OPTIONS;
  const done = options.every((option) => process.execArgv.includes(option));
  if (done || process.execve === undefined) return;
  const [, ...script] = process.argv;
  try {
    process.execve(process.execPath, [process.execPath, ...process.execArgv, ...options, ...script], {
      ...LEAN_ENVIRONMENT,
      ...process.env,
    });
  } catch {
    // Larger, but at work.
  }
}

/** Milliseconds after the server is ready: the first look of every job is over, and few have asked for anything yet. */
const SETTLED_MS = 3_000;

/**
 * Gives back, once, what the start leaves behind: V8 waits with that until memory is short, and would keep about 30 MB.
 * It takes about 150 ms. The option that shows V8's collector to programs counts for contexts made after it.
 */
export function settleOnce(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, SETTLED_MS).unref();
}
