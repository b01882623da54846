import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, isFull, StorageFull, StoreProblem } from './engine/problems.ts';
import { type FreeBytes, isDiskFull } from './engine/room.ts';

/** An entry on disk, belonging to one client. */
export interface SpoolEntry {
  readonly name: string;
  readonly clientId: string;
}

/**
 * A queue on disk for what the database cannot accept at the moment: one file per entry, which is complete or absent
 * however the process ends. Several processes may share a directory.
 */
export interface Spool {
  /**
   * Adds an entry, which is durable on return. Throws {@link StoreProblem} `full` if the queue or its disk has no
   * space left.
   */
  put(clientId: string, bytes: Buffer): Promise<void>;
  /** The waiting entries, oldest first. */
  list(): Promise<SpoolEntry[]>;
  /** Size of the queue, read from disk, because other processes may have changed it. */
  size(): Promise<{ readonly entries: number; readonly bytes: number }>;
  /** null: the entry is gone. */
  read(entry: SpoolEntry): Promise<Buffer | null>;
  remove(entry: SpoolEntry): Promise<void>;
  /** Moves an unreadable entry aside, for a person. */
  setAside(entry: SpoolEntry): Promise<void>;
}

const ENTRY = /^(\d{12})\.([a-z0-9-]+)\.[a-z0-9-]+\.entry$/;
const UNFINISHED = '.part';

export interface SpoolOptions {
  readonly directory: string;
  /** Total bytes of all entries. */
  readonly maxBytes: number;
  readonly freeBytes?: FreeBytes;
}

/** Creates the directory with the first entry, so that a server whose database is always available has none. */
export function openSpool({ directory, maxBytes, freeBytes }: SpoolOptions): Spool {
  let opened: Promise<void> | null = null;
  let number = 0;
  let bytes = 0;

  async function names(): Promise<string[]> {
    try {
      return await readdir(directory);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async function first(): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    for (const name of await names()) {
      number = Math.max(number, Number(ENTRY.exec(name)?.[1] ?? 0));
      // Nobody was told that it was stored.
      if (name.endsWith(UNFINISHED)) await rm(join(directory, name), { force: true });
      else bytes += await sizeOf(join(directory, name));
    }
  }

  return {
    async put(clientId, content) {
      opened ??= first();
      await opened.catch((error: unknown) => {
        opened = null;
        throw error;
      });
      if (await isDiskFull(directory, freeBytes)) throw new StorageFull(directory);
      if (bytes + content.length > maxBytes)
        throw new StoreProblem('full', `The queue in ${directory} is full.`, { retryable: true });
      bytes += content.length;
      number += 1;
      const name = `${String(number).padStart(12, '0')}.${clientId}.${randomUUID()}.entry`;
      const unfinished = join(directory, `${name}${UNFINISHED}`);
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, join(directory, name));
        await syncDirectory(directory);
      } catch (error) {
        bytes -= content.length;
        await rm(unfinished, { force: true });
        throw isFull(error) ? new StorageFull(directory, error) : error;
      }
    },
    async list() {
      return (await names()).sort().flatMap((name) => {
        const clientId = ENTRY.exec(name)?.[2];
        return clientId === undefined ? [] : [{ name, clientId }];
      });
    },
    async size() {
      const entries = (await names()).filter((name) => ENTRY.test(name));
      let sum = 0;
      for (const name of entries) sum += await sizeOf(join(directory, name));
      return { entries: entries.length, bytes: sum };
    },
    async read({ name }) {
      try {
        return await readFile(join(directory, name));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async remove({ name }) {
      const path = join(directory, name);
      bytes = Math.max(0, bytes - (await sizeOf(path)));
      await rm(path, { force: true });
    },
    async setAside({ name }) {
      await rename(join(directory, name), join(directory, `${name}.damaged`));
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
