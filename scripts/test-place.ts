import { readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const GB = 1024 ** 3;
/** Maximum size of a run's files, and memory that has to be free for them and for the processes. */
const FILES = 8 * GB;
const FREE = 16 * GB;

/**
 * Where `npm test` puts its files: in memory if the machine has plenty, otherwise on disk. Tests create and flush
 * thousands of small files in data directories that nobody needs afterwards. The long run fills and removes disks, and
 * stays on one.
 */
export function placeOfRun(): string {
  const mounted = mountOptions(MEMORY);
  if (mounted === null || mounted.includes('noexec')) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= FILES && process.availableMemory() >= FREE ? MEMORY : tmpdir();
}

/** Mount options of a path; null: nothing is mounted there, or the system is not Linux. */
function mountOptions(path: string): readonly string[] | null {
  try {
    const lines = readFileSync('/proc/mounts', 'utf8').split('\n');
    const found = lines.map((line) => line.split(' ')).findLast(([, at]) => at === path);
    return found?.[3]?.split(',') ?? null;
  } catch {
    return null;
  }
}
