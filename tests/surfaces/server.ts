import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type RealServer, realServer } from '../support/real-server.ts';
import { type Answer, BYLAW, type Ended, started, Visitor } from '../support/server-process.ts';

export interface OwnedServer {
  readonly origin: string;
  /** A request with the first owner's session. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A token of the owner, shown once. */
  token(purpose: 'cli' | 'mcp' | 'automation', forClient?: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * A server as `npm start` runs it, on a free port, with its first owner signed in: in this process, which has already
 * loaded the code, or with `apart` in a separate one.
 */
export async function ownedServer(apart: boolean): Promise<OwnedServer> {
  const server = apart ? await serverApart() : await realServer();
  const { origin } = server;
  const olive = new Visitor();
  await olive.signUp({ origin, firstOwner: server.firstOwner?.replace(/^.*#/, '') ?? null });
  return {
    origin,
    call: (method, path, body) => olive.call({ origin }, method, path, body),
    token: async (purpose, forClient) => {
      const input = { name: `For ${purpose}`, purpose, ...(forClient === undefined ? {} : { forClient }) };
      return (await olive.ask({ origin }, z.object({ secret: z.string() }), 'POST', '/me/tokens', input))
        .secret;
    },
    close: () => server.close(),
  };
}

async function serverApart(): Promise<Pick<RealServer, 'origin' | 'firstOwner' | 'close'>> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-surfaces-'));
  const server = await started({ BYLAW_DATA: join(folder, 'data') });
  return {
    ...server,
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs the command in a separate process, with its own working and home folders. */
export function bylawIn(folder: string, args: readonly string[], stdin = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [BYLAW, ...args],
      {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          HOME: folder,
          XDG_CONFIG_HOME: join(folder, 'config'),
        },
      },
      (_, out, err) => resolve({ code: child.exitCode, out, err }),
    );
    child.stdin?.end(stdin);
  });
}
