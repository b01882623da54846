import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));

export interface BenchServer {
  readonly origin: string;
  /** Seconds from process start to the first response of the console's page. */
  readonly secondsToPage: number;
  /** Current memory of the process, in MB; null if the system does not report it. */
  memory(): number | null;
  /** Waits until the server is idle; returns immediately if the system does not report CPU time. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server as `npm start` does, in a separate process, and waits until the page responds. */
export async function startBenchServer(dataDir: string): Promise<BenchServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, BYLAW_DATA: dataDir, BYLAW_PORT: String(port) },
  });
  let complaint = '';
  child.stderr.on('data', (piece: Buffer) => {
    complaint = `${complaint}${piece}`.slice(-4000);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${complaint}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('Bylaw is ready')) resolve();
    });
  });
  const page = await fetch(`${origin}/clients`);
  await page.text();
  const secondsToPage = (performance.now() - began) / 1000;
  return {
    origin,
    secondsToPage,
    memory: () => residentMegabytes(child),
    rest: () => untilAtRest(child),
    stop: async () => {
      if (complaint !== '') console.error(complaint);
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Seconds of near-zero load after which the server counts as idle. The deciding thread ends after 30. */
const REST_S = 40;
/** Jobs after startup check every client, which takes minutes. */
const MAX_WAIT_S = 15 * 60;
/** CPU time per second that timers alone use, in hundredths of a second. */
const NEXT_TO_NOTHING = 3;

async function untilAtRest({ pid }: ChildProcess): Promise<void> {
  if (process.platform !== 'linux') return;
  const used = (): number => {
    const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // utime and stime, fields 14 and 15 of the line.
    return Number(after[11]) + Number(after[12]);
  };
  let quiet = 0;
  for (let waited = 0; quiet < REST_S; waited += 1) {
    if (waited > MAX_WAIT_S) throw new Error(`The server was not at rest after ${MAX_WAIT_S} s.`);
    const before = used();
    await wait(1_000);
    quiet = used() - before <= NEXT_TO_NOTHING ? quiet + 1 : 0;
  }
}

function residentMegabytes({ pid }: ChildProcess): number | null {
  if (process.platform !== 'linux') return null;
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
