import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreProblem } from './engine/problems.ts';

/** The server that has locked a data directory, as recorded by itself. */
interface Holder {
  readonly pid: number;
  readonly started: string;
}

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Locks a data directory for this process, or throws with the process that has it. Uses an operating system lock on an
 * open file (through SQLite, which comes with Node): it is released when the process ends for any reason, so there are
 * no stale locks, and reused process ids do not matter. The note beside it is only for messages.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const note = join(directory, 'server.json');
  const file = new DatabaseSync(join(directory, 'server.lock'), { timeout: 0 });
  try {
    file.exec('pragma journal_mode = off; pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    file.close();
    if (!isBusy(error)) throw error;
    throw new StoreProblem('in_use', inUse(await readHolder(note)), { cause: error });
  }
  const holder: Holder = { pid: process.pid, started: new Date().toISOString() };
  await writeFile(`${note}.new`, JSON.stringify(holder), { mode: 0o600 });
  await rename(`${note}.new`, note);
  let held = true;
  return {
    async release() {
      if (!held) return;
      held = false;
      await rm(note, { force: true });
      file.close();
    },
  };
}

function inUse(holder: Holder | null): string {
  const who =
    holder === null
      ? 'another Bylaw server'
      : `the Bylaw server with process id ${holder.pid}, started ${holder.started.slice(0, 16).replace('T', ' ')} UTC`;
  return `This data directory is in use by ${who}. Stop it first, or choose another directory with BYLAW_DATA.`;
}

async function readHolder(note: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(note, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value))
      return null;
    return typeof value.pid === 'number' && typeof value.started === 'string'
      ? { pid: value.pid, started: value.started }
      : null;
  } catch {
    return null;
  }
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
