import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

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
 * what jobs or a busy morning left behind. `give` collects for the calling thread, and `used` returns the CPU
 * milliseconds that all threads have used so far.
 */
export function collectWhenIdle({
  used = usedMs,
  give = () => collect('regular'),
}: {
  readonly used?: () => number;
  readonly give?: () => void;
} = {}): void {
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
export function collect(flavor: 'regular' | 'last-resort'): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor });
}
