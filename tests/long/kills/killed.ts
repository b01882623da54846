import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export interface Round {
  /** The process was working when it was killed, rather than starting. */
  readonly working: boolean;
  /** Lines that it said. */
  readonly lines: readonly string[];
  readonly complaint: string;
}

export interface Kill {
  /** Milliseconds, or what it is waited for: what a program did by then does not depend on how busy the machine is. */
  readonly after: number | (() => Promise<unknown>);
  /** The line by which the program says that it works; null: it is killed while it starts. */
  readonly working: RegExp | null;
  /** What comes first once it works, with the lines that it said so far. */
  readonly before?: (lines: readonly string[]) => Promise<void>;
  /** Keeps the program busy until it is gone, for a program that does nothing by itself. */
  readonly during?: () => Promise<void>;
}

/**
 * Starts a program and kills it, with no warning, `after` its start or the first line that matches `working`. A program that ends by itself comes back with what it complained of.
 */
export async function killed(
  command: readonly string[],
  { after, working, before, during }: Kill,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Round> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const lines: string[] = [];
  let complaint = '';
  child.stderr.on('data', (piece: Buffer) => {
    complaint += piece.toString();
  });
  let isWorking = false;
  const started = new Promise<void>((resolve) => {
    if (working === null) resolve();
    child.once('exit', () => resolve());
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (working?.test(line)) {
        isWorking = true;
        resolve();
      }
    });
  });
  try {
    await started;
    if (isWorking) await before?.(lines);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const busy = isWorking ? during?.() : undefined;
  const closed = ended(child);
  // A program that ends by itself is not waited for.
  await (typeof after === 'number' ? wait(after) : Promise.race([after(), closed]));
  child.kill('SIGKILL');
  await closed;
  await busy;
  return {
    working: isWorking,
    lines,
    complaint: child.signalCode === 'SIGKILL' ? '' : complaint || 'it ended',
  };
}

/** Runs a program to its end, while whatever lives in this process goes on working. */
export function finished(
  command: readonly string[],
): Promise<{ readonly lines: string[]; readonly complaint: string }> {
  const [program = '', ...args] = command;
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let complaint = '';
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      complaint += piece.toString();
    });
    child.once('close', () => done({ lines: out.trim().split('\n'), complaint }));
  });
}

/** Ended, with everything that it said read. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.stdout?.closed === true && child.exitCode !== null) resolve();
    else child.once('close', () => resolve());
  });
}
