import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { freePort } from './free-port.ts';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
export const BYLAW = fileURLToPath(new URL('../../bin/bylaw.js', import.meta.url));
const FIRST_OWNER = /^\s*(http\S+#\S+)$/;
/** Generous, because the console may have to be built first. */
const START_TIMEOUT_MS = 540_000;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as an administrator of the server would type it, in an otherwise empty environment. */
export function bylaw(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BYLAW, ...args], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      XDG_CONFIG_HOME: '/nowhere',
      ...environment,
    },
  });
  return { code: status, out: stdout, err: stderr };
}

export interface Server {
  readonly origin: string;
  /** Secret of the link for the first owner; null once there is one. */
  readonly firstOwner: string | null;
  /** Process id. */
  readonly pid: number;
  stop(): Promise<void>;
  /** Kills the process without warning (SIGKILL). */
  kill(): Promise<void>;
}

/**
 * Runs `npm start` on a data directory. Throws with the process's output if it does not start. `within` is a command
 * that runs the one after it in its own process, such as one that first limits its resources.
 */
export async function start(
  environment: Readonly<Record<string, string>>,
  port?: number,
  within: readonly string[] = [],
): Promise<Server | Ended> {
  const origin = `http://127.0.0.1:${port ?? (await freePort())}`;
  const [command = process.execPath, ...rest] = [...within, process.execPath, MAIN];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      BYLAW_PORT: new URL(origin).port,
      ...environment,
    },
  });
  let out = '';
  let err = '';
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString();
  });
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server did not start: ${out}${err}`));
    }, START_TIMEOUT_MS);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err });
    });
    let ready: NodeJS.Immediate | null = null;
    const works = (firstOwner: string | null) => {
      clearTimeout(timer);
      resolve({
        origin,
        firstOwner,
        pid: child.pid ?? 0,
        stop: () => ended(child, 'SIGTERM'),
        kill: () => ended(child, 'SIGKILL'),
      });
    };
    lines.on('line', (line) => {
      out += `${line}\n`;
      const link = FIRST_OWNER.exec(line)?.[1];
      if (link !== undefined) {
        if (ready !== null) clearImmediate(ready);
        works(new URL(link).hash.slice(1));
      }
      // The link for the first owner, if any, is written together with this line.
      else if (line.startsWith('Data: ')) ready = setImmediate(() => works(null));
    });
  });
}

export async function started(
  environment: Readonly<Record<string, string>>,
  port?: number,
  within?: readonly string[],
): Promise<Server> {
  const server = await start(environment, port, within);
  if ('code' in server) throw new Error(`The server ended with ${server.code}: ${server.out}${server.err}`);
  return server;
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('close', () => resolve());
    child.kill(signal);
  });
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A client with a cookie jar: it keeps its session across calls and servers. */
export class Visitor {
  #cookie = '';

  /** The session, as a Cookie header. */
  get cookie(): string {
    return this.#cookie;
  }

  /** Creates the first owner of a server and stays signed in. */
  async signUp(server: Pick<Server, 'origin' | 'firstOwner'>): Promise<void> {
    const answer = await this.call(server, 'POST', '/start/owner', {
      token: server.firstOwner,
      name: 'Olive Owner',
      email: 'olive@msp.example',
      password: 'four quiet wooden herons',
    });
    if (answer.status >= 300) throw new Error(`No owner was made: ${JSON.stringify(answer)}`);
  }

  async call(
    { origin }: Pick<Server, 'origin'>,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        origin,
        cookie: this.#cookie,
        // Tests block the event loop while they wait for commands, so a kept-alive connection may already have been
        // closed by the server.
        connection: 'close',
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const session = answer.headers.getSetCookie().find((one) => one.startsWith('bylaw_session='));
    if (session !== undefined) this.#cookie = session.split(';')[0] ?? '';
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  }

  /** A call that must succeed; the response is parsed by a schema. */
  async get<T>(server: Pick<Server, 'origin'>, schema: z.ZodType<T>, path: string): Promise<T> {
    return this.ask(server, schema, 'GET', path);
  }

  async ask<T>(
    server: Pick<Server, 'origin'>,
    schema: z.ZodType<T>,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T> {
    const answer = await this.call(server, method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} gave ${answer.status}: ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  }
}
