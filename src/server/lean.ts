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
  // The database sets it (`hold-back.ts`). Set later, it would put what is kept of the sources out of use.
  '--no-flush-liftoff-code',
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

/** Gives back, once, what the start leaves behind: V8 waits with that until memory is short, and would keep about 30 MB. */
export function settleOnce(): void {
  setTimeout(() => collect('last-resort'), SETTLED_MS).unref();
}

/** Milliseconds between two looks at how much the process works. */
const LOOK_MS = 10_000;
/** Looks in a row without work after which it counts as at rest. What jobs have read is given back by then. */
const QUIET_LOOKS = 3;
/** Milliseconds of the processor in one look that timers take. */
const NO_WORK_MS = 150;
/** Milliseconds of the processor after which there is enough to give back. */
const WORK_MS = 2_000;

/**
 * Gives back what work leaves behind, each time that it is over: a process at rest makes nothing new, so V8 would never
 * look for what the jobs of a start or a busy morning have left. `used` are milliseconds of the processor so far.
 */
export function settleAtRest(used: () => number = usedMs, give: () => void = () => collect('regular')): void {
  let settledAt = used();
  let before = settledAt;
  let quiet = 0;
  setInterval(() => {
    const now = used();
    quiet = now - before < NO_WORK_MS ? quiet + 1 : 0;
    before = now;
    if (quiet < QUIET_LOOKS || now - settledAt < WORK_MS) return;
    give();
    settledAt = used();
    before = settledAt;
  }, LOOK_MS).unref();
}

function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * It takes about 150 ms. `last-resort` also throws code away that was not run lately, which the next page would wait for.
 * The option that shows V8's collector to programs counts for contexts made while it is set. It is taken back at once: what
 * was kept of the sources counts with the options of the start alone, for threads and features that are loaded later, too.
 */
function collect(flavor: 'regular' | 'last-resort'): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor });
}
