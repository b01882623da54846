import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How far from the end of a file to search for a truncated line. No event is longer. */
const TAIL = 8_000_000;

/** Like `a+`, but does not follow a symbolic link that was put in the file's place. */
const APPEND = constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | (constants.O_NOFOLLOW ?? 0);

/**
 * Appends complete lines to a day's newest file and returns its name once they are on disk. A line that an earlier
 * process did not finish is removed first: it was never reported as delivered, so it will be sent again.
 */
export async function appendLines(
  folder: string,
  day: string,
  lines: Buffer,
  mostBytes: number,
): Promise<string> {
  const prefix = `events-${day}-`;
  const numbers = (await readdir(folder))
    .filter((name) => name.startsWith(prefix) && name.endsWith('.ndjson'))
    .map((name) => Number(name.slice(prefix.length, -'.ndjson'.length)))
    .filter((number) => Number.isInteger(number));
  for (let number = Math.max(1, ...numbers); ; number += 1) {
    const name = `${prefix}${String(number).padStart(4, '0')}.ndjson`;
    const handle = await open(join(folder, name), APPEND, 0o600);
    try {
      const size = await wholeLines(handle);
      if (size > 0 && size + lines.length > mostBytes) continue;
      await handle.appendFile(lines);
      await handle.datasync();
      if (size === 0) await flushFolder(folder);
      return name;
    } finally {
      await handle.close();
    }
  }
}

/** Truncates everything after the last line break and returns the remaining size. */
async function wholeLines(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  if (size === 0) return 0;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  if (last[0] === 0x0a) return size;
  const from = Math.max(0, size - TAIL);
  const tail = Buffer.alloc(size - from);
  await handle.read(tail, 0, tail.length, from);
  const kept = from + tail.lastIndexOf(0x0a) + 1;
  await handle.truncate(kept);
  return kept;
}

/** Makes sure that a new file's directory entry survives a power failure. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
