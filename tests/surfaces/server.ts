import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
const BYLAW = fileURLToPath(new URL('../../bin/bylaw.js', import.meta.url));
const FIRST_OWNER = /^\s*(http\S+#\S+)$/;
/** The console is built before the first start; that takes longest. */
const PATIENCE = 180_000;

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RealServer {
  readonly origin: string;
  /** The first owner at work in the browser. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** A token of the owner, shown once. */
  token(purpose: 'cli' | 'mcp' | 'automation', forClient?: string): Promise<string>;
  close(): Promise<void>;
}

/** A server as `npm start` runs it, in a process of its own on a free port, with its first owner signed in. */
export async function realServer(): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-surfaces-'));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, BYLAW_DATA: join(folder, 'data'), BYLAW_PORT: new URL(origin).port },
  });
  const close = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const link = await firstOwner(child);
    let cookie = '';
    const call: RealServer['call'] = async (method, path, body) => {
      const answer = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: { origin, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const session = answer.headers.getSetCookie().find((one) => one.startsWith('bylaw_session='));
      if (session !== undefined) cookie = session.split(';')[0] ?? '';
      return { status: answer.status, body: JSON.parse(await answer.text()) };
    };
    await call('POST', '/start/owner', {
      token: new URL(link).hash.slice(1),
      name: 'Olive Owner',
      email: 'olive@msp.example',
      password: 'correct horse battery staple 42',
    });
    return {
      origin,
      call,
      token: async (purpose, forClient) => {
        const { body } = await call('POST', '/me/tokens', {
          name: `For ${purpose}`,
          purpose,
          ...(forClient === undefined ? {} : { forClient }),
        });
        if (typeof body === 'object' && body !== null && 'secret' in body) return String(body.secret);
        throw new Error(`No token was made: ${JSON.stringify(body)}`);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The command as a person runs it, in a folder and with a home of its own. */
export function bylawIn(folder: string): (args: readonly string[], stdin?: string) => Run {
  return (args, stdin = '') => {
    const result = spawnSync(process.execPath, [BYLAW, ...args], {
      cwd: folder,
      encoding: 'utf8',
      input: stdin,
      env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') },
    });
    return { code: result.status, out: result.stdout, err: result.stderr };
  };
}

function firstOwner(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    const timer = setTimeout(() => reject(new Error(`The server did not start: ${complaint}`)), PATIENCE);
    child.stderr?.on('data', (piece: Buffer) => {
      complaint += piece.toString();
    });
    child.once('exit', () => reject(new Error(`The server ended: ${complaint}`)));
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const link = FIRST_OWNER.exec(line)?.[1];
        if (link === undefined) return;
        clearTimeout(timer);
        resolve(link);
      });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill('SIGTERM');
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
