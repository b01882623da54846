import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Answer, BYLAW, started, Visitor } from '../support/server-process.ts';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface OwnedServer {
  readonly origin: string;
  /** The first owner at work in the browser. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A token of the owner, shown once. */
  token(purpose: 'cli' | 'mcp' | 'automation', forClient?: string): Promise<string>;
  close(): Promise<void>;
}

/** A server as `npm start` runs it, in a process of its own on a free port, with its first owner signed in. */
export async function ownedServer(): Promise<OwnedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-surfaces-'));
  const server = await started({ BYLAW_DATA: join(folder, 'data') });
  const olive = new Visitor();
  await olive.signUp(server);
  return {
    origin: server.origin,
    call: (method, path, body) => olive.call(server, method, path, body),
    token: async (purpose, forClient) => {
      const input = { name: `For ${purpose}`, purpose, ...(forClient === undefined ? {} : { forClient }) };
      return (await olive.ask(server, z.object({ secret: z.string() }), 'POST', '/me/tokens', input)).secret;
    },
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The command as a person runs it, in a folder and with a home of its own. */
export function bylawIn(folder: string): (args: readonly string[], stdin?: string) => Run {
  return (args, stdin = '') => {
    const result = spawnSync(process.execPath, [BYLAW, ...args], {
      cwd: folder,
      encoding: 'utf8',
      input: stdin,
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        HOME: folder,
        XDG_CONFIG_HOME: join(folder, 'config'),
      },
    });
    return { code: result.status, out: result.stdout, err: result.stderr };
  };
}
