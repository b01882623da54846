import { readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const GB = 1024 ** 3;
/** What the files of a run may come to, and the memory that is to be free for them and for what runs. */
const FILES = 8 * GB;
const FREE = 16 * GB;

/**
 * Where `npm test` has its files: in memory where a machine has plenty, else on the disk. Tests make and flush thousands of
 * small files in data directories that nobody needs afterwards. The long run fills and takes away disks, and stays on one.
 */
export function placeOfRun(): string {
  const mounted = mountOptions(MEMORY);
  if (mounted === null || mounted.includes('noexec')) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= FILES && process.availableMemory() >= FREE ? MEMORY : tmpdir();
}

/** How something is mounted at a path; null: nothing is, or the system does not say so as Linux does. */
function mountOptions(path: string): readonly string[] | null {
  try {
    const lines = readFileSync('/proc/mounts', 'utf8').split('\n');
    const found = lines.map((line) => line.split(' ')).findLast(([, at]) => at === path);
    return found?.[3]?.split(',') ?? null;
  } catch {
    return null;
  }
}
