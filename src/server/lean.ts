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
