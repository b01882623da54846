import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMemoryTight } from '#features/memory.ts';

/**
 * V8 options that keep the server process small. The young generation is small, because requests are short-lived, and
 * scavenged by one thread, because the database needs the other cores. Of the embedded database, which is WebAssembly,
 * only hot functions are compiled with the optimizing compiler: compiling everything at startup would take hundreds of
 * megabytes.
 */
export const LEAN_OPTIONS: readonly string[] = [
  '--max-semi-space-size=16',
  '--wasm-tiering-budget=13000000',
  '--no-parallel-scavenge',
  // Set by the database (`hold-back.ts`), too; but setting it after startup would invalidate a compile cache.
  '--no-flush-liftoff-code',
];

/**
 * Added if memory is short, at the cost of speed: a smaller young generation in each thread, earlier garbage
 * collection, and WebAssembly compiled by one thread at a time.
 */
export const TIGHT_OPTIONS: readonly string[] = [
  '--max-semi-space-size=2',
  '--heap-growing-percent=20',
  '--wasm-num-compilation-tasks=1',
];

/**
 * Loads sources without Node's TypeScript compiler, in threads and child processes too. The rest configures glibc's
 * malloc: one arena for all threads, and freed memory is returned to the system. Blocks of 4 kB and more are separate
 * mappings, because the small blocks that outlive them would otherwise keep their memory; their number is limited,
 * because a process may have only 65,530 mappings, and V8 needs some, too.
 */
export const LEAN_ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${new URL('../../bin/stripped-sources.js', import.meta.url).href}`,
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '32768',
  MALLOC_MMAP_THRESHOLD_: '4096',
  MALLOC_MMAP_MAX_: '16384',
};

/**
 * Restarts this program in the same process (execve) with the options above, which V8 reads only at startup. Returns
 * if they are already set, or if the system cannot do it: the server then just uses more memory.
 */
export function restartLean(): void {
  const options = isMemoryTight() ? [...LEAN_OPTIONS, ...TIGHT_OPTIONS] : LEAN_OPTIONS;
  const done = options.every((option) => process.execArgv.includes(option));
  if (done || process.execve === undefined) return;
  const [, ...script] = process.argv;
  try {
    process.execve(process.execPath, [process.execPath, ...process.execArgv, ...options, ...script], {
      ...LEAN_ENVIRONMENT,
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${LEAN_ENVIRONMENT.NODE_OPTIONS}`,
    });
  } catch {
    // The server works without it; it only uses more memory.
  }
}

/** Milliseconds after startup: every job has run once, and few requests have come in. */
const STARTUP_MS = 3_000;

/** Frees, once, the garbage of startup. V8 would keep about 30 MB until memory is short. */
export function collectOnce(): void {
  setTimeout(() => collect('last-resort'), STARTUP_MS).unref();
}

/** Milliseconds between two measurements of CPU time. */
const SAMPLE_MS = 10_000;
/**
 * Consecutive measurements without load after which the process counts as idle. By then, jobs have released what they
 * read.
 */
const IDLE_SAMPLES = 3;
/** CPU milliseconds per interval that timers alone use. */
const IDLE_CPU_MS = 150;
/** CPU milliseconds since the last collection after which another one is worth it. */
const COLLECT_AFTER_CPU_MS = 2_000;

/**
 * Collects garbage each time that the process becomes idle: an idle process allocates nothing, so V8 would never free
 * what jobs or a busy morning left behind. `used` returns the CPU milliseconds used so far.
 */
export function collectWhenIdle(
  used: () => number = usedMs,
  give: () => void = () => collect('regular'),
): void {
  let collectedAt = used();
  let before = collectedAt;
  let idleSamples = 0;
  setInterval(() => {
    const now = used();
    idleSamples = now - before < IDLE_CPU_MS ? idleSamples + 1 : 0;
    before = now;
    if (idleSamples < IDLE_SAMPLES || now - collectedAt < COLLECT_AFTER_CPU_MS) return;
    give();
    collectedAt = used();
    before = collectedAt;
  }, SAMPLE_MS).unref();
}

function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Takes about 150 ms. `last-resort` also flushes compiled code that was not run lately, which the next page would have
 * to wait for. `--expose-gc` applies to contexts created while it is set; it is reset at once, because a compile cache
 * is only valid for the options of the start.
 */
function collect(flavor: 'regular' | 'last-resort'): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor });
}
