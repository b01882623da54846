import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { restrictionEdge } from '../../sandbox/anthropic/restriction.ts';

/** A loopback address on which the simulated Claude may use port 443. */
export const EDGE = '127.0.0.43';
export const { restriction } = loadCatalogue().network;

/** Path of a program from Debian; null if it is not installed. */
export const program = (...paths: readonly string[]) => paths.find((path) => existsSync(path)) ?? null;

/**
 * A lab with two certificate authorities, a simulated Claude on port 443, and the programs that were started. All of it
 * is removed at the end.
 */
export async function lab() {
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-network-'));
  const path = (name: string) => join(folder, name);
  const names = restriction.hosts;
  authority(path('public'), 'Public authority');
  authority(path('company'), 'Company authority');
  certificate(path('public'), path('edge'), names);
  certificate(path('company'), path('relay'), names);
  writeFileSync(path('relay.both'), `${readFileSync(path('relay.crt'))}${readFileSync(path('relay.key'))}`);
  const edge = restrictionEdge();
  const server = createServer(
    { cert: readFileSync(path('edge.crt')), key: readFileSync(path('edge.key')) },
    edge.answer,
  );
  await new Promise<void>((done, fail) => server.once('error', fail).listen(443, EDGE, done));
  const started: ChildProcess[] = [];
  const sockets: Socket[] = [];
  return {
    path,
    arrived: edge.arrived,
    authority: (name: 'public' | 'company') => readFileSync(path(`${name}.crt`), 'utf8'),
    /** Starts a program and waits until it accepts connections. */
    async start(command: string, args: readonly string[], address: string, port: number): Promise<void> {
      let said = '';
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      started.push(child);
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += String(part)));
      await opens(address, port, () => (child.exitCode === null ? null : said));
    },
    /** A DNS resolver that returns the simulated Claude’s address for every name. */
    resolver: async () => {
      const socket = createSocket('udp4');
      sockets.push(socket);
      socket.on('message', (message, { address, port }) => socket.send(dnsAnswer(message), port, address));
      await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
      return `127.0.0.1:${socket.address().port}`;
    },
    async close(): Promise<void> {
      for (const child of started) child.kill('SIGTERM');
      for (const socket of sockets) socket.close();
      await closed(server);
      await Promise.all(started.map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
    folder: (name: string) => {
      mkdirSync(path(name), { recursive: true });
      return path(name);
    },
  };
}

/** Resolves when a program has ended; kills it after some seconds. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await new Promise((done) => child.once('exit', done));
  clearTimeout(timer);
}

const closed = (server: Server) =>
  new Promise<void>((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });

const openssl = (args: readonly string[]) =>
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });

function authority(at: string, name: string): void {
  openssl(
    `req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ${at}.key -out ${at}.crt -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign`
      .split(' ')
      .concat('-subj', `/CN=${name}`),
  );
}

function certificate(issuer: string, at: string, names: readonly string[]): void {
  openssl(
    `req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ${at}.key -out ${at}.crt -CA ${issuer}.crt -CAkey ${issuer}.key -addext basicConstraints=critical,CA:FALSE`
      .split(' ')
      .concat(
        '-subj',
        `/CN=${names[0]}`,
        '-addext',
        `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
      ),
  );
}

/** A DNS response that repeats the question with one address. Other record types get no answer. */
function dnsAnswer(question: Buffer): Buffer {
  let end = 12;
  while (question[end] !== 0) end += (question[end] ?? 0) + 1;
  const isA = question.readUInt16BE(end + 1) === 1;
  const head = Buffer.from(question.subarray(0, end + 5));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(isA ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...EDGE.split('.').map(Number)]);
  return isA ? Buffer.concat([head, record]) : head;
}

async function opens(address: string, port: number, ended: () => string | null): Promise<void> {
  const { connect } = await import('node:net');
  const until = Date.now() + 30_000;
  for (;;) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, address);
      socket.once('error', () => done(false));
      socket.once('connect', () => {
        socket.destroy();
        done(true);
      });
    });
    if (open) return;
    const said = ended();
    if (said !== null || Date.now() > until) throw new Error(`did not start: ${said ?? 'no answer'}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
