import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Connections at once; far more than a console and its telemetry need. */
const MAX_CONNECTIONS = 4_000;

/**
 * Limits the connections at once to a part of the files that the process may have open, because the database needs
 * files as well. If there are more, one is closed over which nothing was asked, or whose request never becomes whole,
 * and first one of the address with the most connections. So whoever opens many keeps out only themselves.
 */
export function boundConnections(app: FastifyInstance, atMost = connectionsAllowed()): void {
  /** By address; each with what is asked over it, those that waited longest first. */
  const open = new Map<string, Map<Socket, IncomingMessage | null>>();
  let total = 0;

  app.server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    if (total >= atMost && !makeRoom(open)) return void socket.destroy();
    const own = open.get(address) ?? new Map<Socket, IncomingMessage | null>();
    open.set(address, own.set(socket, null));
    total += 1;
    socket.once('close', () => {
      total -= 1;
      own.delete(socket);
      if (own.size === 0 && open.get(address) === own) open.delete(address);
    });
  });
  app.server.on('request', (request, response) => {
    const { socket } = request;
    const own = open.get(socket.remoteAddress ?? '');
    own?.set(socket, request);
    response.once('close', () => {
      if (own?.delete(socket) && !socket.destroyed) own.set(socket, null);
    });
  });
}

/** Closes a connection that nobody waits for. false: a whole request is being answered over each. */
function makeRoom(open: ReadonlyMap<string, ReadonlyMap<Socket, IncomingMessage | null>>): boolean {
  const byCount = [...open.values()].sort((a, b) => b.size - a.size);
  for (const isFree of [isIdle, isPartial])
    for (const own of byCount)
      for (const [socket, request] of own) {
        if (socket.destroyed || !isFree(request)) continue;
        socket.destroy();
        return true;
      }
  return false;
}

const isIdle = (request: IncomingMessage | null): boolean => request === null;
const isPartial = (request: IncomingMessage | null): boolean => request?.complete === false;

/** How Linux calls the limit. */
const OPEN_FILES = 'Max open files';

/** Half of the files that the process may have open, which Linux states. */
function connectionsAllowed(): number {
  try {
    const lines = readFileSync('/proc/self/limits', 'utf8').split('\n');
    const files = Number(
      lines
        .find((line) => line.startsWith(OPEN_FILES))
        ?.slice(OPEN_FILES.length)
        .trim()
        .split(/\s+/)[0],
    );
    return files > 0 ? Math.min(MAX_CONNECTIONS, Math.floor(files / 2)) : MAX_CONNECTIONS;
  } catch {
    return MAX_CONNECTIONS;
  }
}
