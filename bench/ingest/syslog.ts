import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './postgres.ts';

/** Limit in milliseconds to start listening, and to write everything. */
const TIMEOUT_MS = 60_000;

/** Whether syslog-ng is installed. */
export function hasSyslogNg(): boolean {
  return spawnSync('syslog-ng', ['--version']).status === 0;
}

/**
 * Records per second that syslog-ng receives over TCP as JSON lines, parses, and writes to a file as JSON again. It
 * does not index or count records, and does not wait for the disk.
 */
export async function syslogNg(folder: string, records: readonly object[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const out = join(folder, 'out.json');
  const config = join(folder, 'syslog-ng.conf');
  await writeFile(
    config,
    `@version: 4.2
options { stats(level(0)); };
source s { network(ip("127.0.0.1") port(${port}) transport("tcp") flags(no-parse) log-msg-size(1048576)
  log-iw-size(100000)); };
parser p { json-parser(prefix("e.")); };
destination d { file("${out}" template("$(format-json --key e.* --rekey e.* --shift 2)\\n") log-fifo-size(200000)
  flush-lines(1000)); };
log { source(s); parser(p); destination(d); flags(flow-control); };
`,
  );
  const place = (name: string) => join(folder, name);
  const server = spawn(
    'syslog-ng',
    [
      ...['--foreground', '--no-caps', '--cfgfile', config, '--persist-file', place('persist')],
      ...['--control', place('control'), '--pidfile', place('pid')],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  server.stderr.on('data', (piece: Buffer) => {
    complaint += piece.toString();
  });
  const said = () => `syslog-ng did not do its part: ${complaint.trim() || 'it said nothing'}`;
  try {
    const socket = await connected(port, said);
    const began = performance.now();
    socket.end(`${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
    for (let lines = 0; lines < records.length; ) {
      if (performance.now() - began > TIMEOUT_MS) throw new Error(said());
      await wait(5);
      // Counting lines takes CPU time of the same machine, so it starts when the file has stopped growing.
      const size = await sizeOf(out);
      await wait(5);
      if (size > 0 && size === (await sizeOf(out))) lines = await linesIn(out);
    }
    return records.length / ((performance.now() - began) / 1000);
  } finally {
    await ended(server);
  }
}

async function connected(port: number, said: () => string) {
  for (const began = performance.now(); performance.now() - began < TIMEOUT_MS; await wait(50)) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    if (open) return socket;
  }
  throw new Error(said());
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function linesIn(file: string): Promise<number> {
  let lines = 0;
  for await (const piece of createReadStream(file))
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('close', () => resolve());
    server.kill('SIGTERM');
  });
}
