import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureContextOptions } from 'node:tls';
import type { IcapGuard } from './guard.ts';
import { type Held, IcapSession } from './session.ts';

export interface IcapServer {
  /** Starts listening; returns the port. */
  listen(host: string, port: number): Promise<number>;
  /** Stops accepting connections, lets running requests finish for a while, and closes the rest. */
  close(graceMs: number): Promise<void>;
}

const BUSY = Buffer.from(
  'ICAP/1.0 503 Service overloaded\r\nISTag: "none"\r\nConnection: close\r\nEncapsulated: null-body=0\r\n\r\n',
);

/**
 * Closes the connection that has waited longest for a request, so that connections on which nothing is asked cannot
 * keep out those of a proxy. false: all of them are being handled.
 */
function makeRoom(sessions: Map<Socket, IcapSession>): boolean {
  let longest: { readonly socket: Socket; readonly since: number } | null = null;
  for (const [socket, { waitsSince: since }] of sessions)
    if (since !== null && (longest === null || since < longest.since)) longest = { socket, since };
  if (longest === null) return false;
  sessions.delete(longest.socket);
  longest.socket.destroy();
  return true;
}

/**
 * A server of the Internet Content Adaptation Protocol (RFC 3507) for request modification: REQMOD and OPTIONS, with
 * previews and 204 responses.
 *
 * @param tls certificate and key; null: unencrypted
 */
export function icapServer(guard: IcapGuard, tls: SecureContextOptions | null): IcapServer {
  const held: Held = { bytes: 0 };
  const sessions = new Map<Socket, IcapSession>();
  const take = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    if (!guard.takes(socket.remoteAddress ?? '')) {
      socket.destroy();
      return;
    }
    if (sessions.size >= guard.bounds.connections && !makeRoom(sessions)) {
      socket.end(BUSY);
      setTimeout(() => socket.destroy(), 1_000).unref();
      return;
    }
    socket.setNoDelay(true);
    const session = new IcapSession(socket, guard, held);
    sessions.set(socket, session);
    void session.run().finally(() => sessions.delete(socket));
  };
  const server: Server =
    tls === null
      ? createServer({ allowHalfOpen: true }, take)
      : createTlsServer(
          { ...tls, minVersion: 'TLSv1.2', handshakeTimeout: guard.bounds.headMs, allowHalfOpen: true },
          take,
        );
  // A failed TLS handshake is the other side's problem.
  server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());
  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          server.on('error', (error) => guard.failed(error));
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const [socket, session] of sessions) if (!session.isBusy) socket.destroy();
      const cut = setTimeout(() => {
        for (const socket of sessions.keys()) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}
