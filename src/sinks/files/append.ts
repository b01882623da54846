import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How much of a file's end is looked at for a line that was cut short. No event is longer. */
const TAIL = 8_000_000;

/** As `a+`, but through no link: what someone put in the place of a file is not written to. */
const APPEND = constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | (constants.O_NOFOLLOW ?? 0);

/**
 * Adds whole lines to the newest file of a day and gives its name once they are on the disk. A line that an earlier
 * process did not finish is taken away first: it was never said to be delivered, so it comes again.
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

/** Cuts what follows the last line break; gives the size that remains. */
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

/** So that a new file is in its folder after the machine stops, too. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
