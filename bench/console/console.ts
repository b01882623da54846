import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openStore } from '../../src/store/open.ts';
import { measureLargeImport } from './large-import.ts';
import { percentile } from './load.ts';
import { measurePages } from './pages.ts';
import { measureReads } from './reads.ts';
import { seed } from './seed.ts';
import { type BenchServer, startBenchServer } from './server.ts';

/** Prints a figure and its limit. */
export type Line = (what: string, figure: number, unit: string, allowed: number) => void;

const CLIENTS = 200;

/** The console under realistic conditions: a separate server process on a full embedded database. */
export async function benchConsole(line: Line, note: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-bench-console-'));
  const dataDir = join(folder, 'data');
  let server: BenchServer | null = null;
  try {
    note(`filling a database with ${CLIENTS} clients`);
    const seeded = await seed(dataDir, 'http://127.0.0.1', CLIENTS);
    const bare = await bareRead(dataDir);
    // The first start builds the console if necessary; only the second one is measured.
    await (await startBenchServer(dataDir)).stop();
    server = await startBenchServer(dataDir);
    line('start of the server to a page that answers', server.secondsToPage, 's', 5);
    await server.rest();
    const idle = server.memory();
    if (idle !== null) line('memory of the server when idle', idle, 'MB', 250);

    for (const page of await measurePages(server, seeded)) {
      line(`${page.name}, to a row that can be used, median of 7`, page.ms / 1000, 's', 1);
      line(`${page.name}, the first time in a browser`, page.firstMs / 1000, 's', 1);
      line(`${page.name}, scripts compressed`, page.scriptKilobytes, 'kB', 250);
    }

    const reads = await measureReads(server, seeded);
    line('reading at 200 requests a second, p99', reads.all.p99, 'ms', 50);
    note(
      `median ${reads.all.p50.toFixed(1)} ms, which is ${(reads.all.p50 / bare).toFixed(1)} bare readings of one row (${bare.toFixed(2)} ms); the longest ${reads.all.max.toFixed(0)} ms`,
    );
    for (const { name, p50, p99 } of reads.perOperation)
      note(`${name}: median ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    note(
      `the first look at each client after a start: median ${reads.first.p50.toFixed(1)} ms, p99 ${reads.first.p99.toFixed(1)} ms`,
    );

    const large = await measureLargeImport(server, seeded, join(folder, 'large'));
    line(
      `another page while 3,000 staff and 200,000 audit rows are imported (${large.seconds.toFixed(0)} s, ${large.looks} looks), the longest`,
      large.max,
      'ms',
      200,
    );
    note(
      `median ${large.p50.toFixed(1)} ms, p99 ${large.p99.toFixed(1)} ms; the longest during: ${large.longestDuring}`,
    );
  } finally {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Median in ms of reading one row directly from the same database, as a baseline for the figures. */
async function bareRead(dataDir: string): Promise<number> {
  const store = await openStore({ dataDir });
  try {
    const times: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const began = performance.now();
      await store.read('system', (tx) => tx.selectFrom('clients').select('name').limit(1).execute());
      times.push(performance.now() - began);
    }
    return percentile(times, 0.5);
  } finally {
    await store.close();
  }
}
