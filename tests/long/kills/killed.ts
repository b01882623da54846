import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export interface Round {
  /** Whether the process was working when it was killed, rather than starting. */
  readonly working: boolean;
  /** Lines of its output. */
  readonly lines: readonly string[];
  readonly complaint: string;
}

export interface Kill {
  /** Delay in milliseconds, or a promise to wait for, which does not depend on the machine's speed. */
  readonly after: number | (() => Promise<unknown>);
  /** Output line that shows that the program is working; null: it is killed during startup. */
  readonly working: RegExp | null;
  /** Called with the output so far once the program works, before the delay starts. */
  readonly before?: (lines: readonly string[]) => Promise<void>;
  /** Keeps the program busy until it ends, if it does nothing by itself. */
  readonly during?: () => Promise<void>;
}

/**
 * Starts a program and kills it with SIGKILL, `after` its start or the first line that matches `working`. If the
 * program ends by itself, the result has its error output.
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
  // Stop waiting if the program ends by itself.
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

/** Runs a program to completion without blocking this process. */
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

/** Resolves when the program has ended and its output has been read. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.stdout?.closed === true && child.exitCode !== null) resolve();
    else child.once('close', () => resolve());
  });
}
