import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = '/sys/fs/cgroup';

/** A memory limit like that of a container. */
export interface Container {
  /** Prefix that runs the command after it inside the container. */
  readonly within: readonly string[];
  /** Call it once all processes inside have ended; the kernel may need a moment to notice. */
  remove(): Promise<void>;
}

/**
 * A Linux control group (version 2 or 1) that limits the memory of all its processes together, in megabytes and without
 * swap; above the limit the kernel kills them. Null if this process may not create one.
 */
export function containerOf(megabytes: number): Container | null {
  const second = existsSync(join(ROOT, 'cgroup.controllers'));
  const folder = join(ROOT, second ? '' : 'memory', `bylaw-test-${randomUUID()}`);
  const limits = second
    ? ['memory.max', 'memory.swap.max']
    : ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes'];
  try {
    mkdirSync(folder);
  } catch {
    return null;
  }
  try {
    // A kernel without swap accounting has no second limit.
    for (const [at, limit] of limits.entries())
      if (at === 0 || existsSync(join(folder, limit)))
        writeFileSync(join(folder, limit), at === 1 && second ? '0' : String(megabytes * 1024 * 1024));
  } catch {
    rmdirSync(folder);
    return null;
  }
  return {
    within: ['/bin/sh', '-c', `echo $$ > ${folder}/cgroup.procs && exec "$@"`, 'sh'],
    remove: () => removeOnceEmpty(folder),
  };
}

async function removeOnceEmpty(folder: string): Promise<void> {
  for (let left = 600; ; left -= 1) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if (left === 0) throw error;
      await wait(100);
    }
  }
}
